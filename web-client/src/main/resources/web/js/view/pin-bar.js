import { onChange } from "../emitter.js";
import { gist } from "../text/preview.js";
import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";

/** The pinned messages over the chat: a press goes to the one shown, and shows the one before it. */
export class PinBar {
  #client;
  #jumpTo;
  #at = 0;
  #shows = "";
  #go = el("button", { type: "button", class: "pin-go", testid: "pin-go" });
  node;

  /** @param openList opens the list of all of them */
  constructor(client, { jumpTo, openList }) {
    this.#client = client;
    this.#jumpTo = jumpTo;
    this.#go.addEventListener("click", () => this.#next());
    this.node = el(
      "div",
      { class: "pin-bar", hidden: true, testid: "pin-bar" },
      this.#go,
      iconButton("list", "All pinned messages", { onclick: openList, testid: "pin-list" }),
    );
    onChange([client.pins, client.members, client.people], () => this.#render());
  }

  /** From the newest again. */
  restart() {
    this.#at = 0;
    this.#render();
  }

  #next() {
    const pins = this.#client.pins.list;
    const { message } = pins[this.#at % pins.length];
    this.#at = (this.#at + 1) % pins.length;
    this.#render();
    this.#jumpTo(message.seq);
  }

  #render() {
    const pins = this.#client.pins.list;
    this.node.hidden = pins.length === 0;
    if (pins.length === 0) {
      this.#at = 0;
      return;
    }
    this.#at %= pins.length;
    const { message } = pins[this.#at];
    const name = this.#client.members.name(message.senderId);
    const title = pins.length === 1 ? "Pinned" : `Pinned ${this.#at + 1} of ${pins.length}`;
    const shows = JSON.stringify([title, name, gist(message)]);
    if (shows !== this.#shows) {
      this.#shows = shows;
      this.#go.replaceChildren(
        icon("pin"),
        el("span", { class: "pin-title" }, title),
        el("span", { class: "pin-words", testid: "pin-words" }, `${name}: ${gist(message)}`),
      );
    }
  }
}
