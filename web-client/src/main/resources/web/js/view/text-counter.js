import { el } from "./dom.js";

/** The counter shows up when this little is left. */
const COUNT_FROM = 200;

/** How much more may be written, once that matters. */
export class TextCounter {
  node = el("span", { class: "counter", hidden: true, role: "status", testid: "counter" });
  #client;

  constructor(client) {
    this.#client = client;
  }

  /** Characters as the server counts them: code points. */
  leftAfter(text) {
    return this.#client.limits.textCharacters - [...text].length;
  }

  look(text) {
    const left = this.leftAfter(text);
    this.node.hidden = left > COUNT_FROM;
    this.node.textContent = left < 0 ? `${-left} too many` : `${left} left`;
    this.node.classList.toggle("problem", left < 0);
  }
}
