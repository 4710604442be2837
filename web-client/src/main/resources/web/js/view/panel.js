import { detailsPanel } from "./details-panel.js";
import { el, iconButton } from "./dom.js";
import { searchPanel } from "./search-panel.js";

/** What can stand beside a chat; a new panel adds its maker here. */
const PANELS = { details: detailsPanel, search: searchPanel };

/** The place beside the chat, where one panel at a time is open. */
export class Panel {
  node = el("aside", { class: "panel", hidden: true, testid: "panel" });
  #client;
  #jumpTo;
  #onclose;
  #groupId = null;
  #name = null;
  #dispose = () => {};

  constructor(client, { jumpTo, onclose }) {
    this.#client = client;
    this.#jumpTo = jumpTo;
    this.#onclose = onclose;
    this.node.addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
  }

  get isOpen() {
    return this.#name !== null;
  }

  toggle(name) {
    this.#open(name === this.#name ? null : name);
  }

  /** Turns to another group; on a narrow page the panel makes room for the chat. */
  show(groupId) {
    if (groupId !== this.#groupId) {
      this.#groupId = groupId;
      const narrow = matchMedia("(max-width: 1100px)").matches;
      this.#open(narrow || !groupId ? null : this.#name);
    }
  }

  close() {
    this.#open(null);
    this.#onclose();
  }

  #open(name) {
    this.#dispose();
    this.#dispose = () => {};
    this.#name = name;
    this.node.hidden = name === null;
    if (name === null) {
      this.node.replaceChildren();
      return;
    }
    const jumpTo = (seq) => {
      if (matchMedia("(max-width: 1100px)").matches) {
        this.close();
      }
      this.#jumpTo(seq);
    };
    const { title, body, dispose } = PANELS[name](this.#client, this.#groupId, {
      jumpTo,
      close: () => this.close(),
    });
    this.#dispose = dispose ?? this.#dispose;
    this.node.setAttribute("aria-label", title);
    this.node.replaceChildren(
      el(
        "header",
        { class: "panel-header" },
        el("h2", {}, title),
        iconButton("close", "Close", { onclick: () => this.close(), testid: "panel-close" }),
      ),
      body,
    );
    this.node.querySelector("[autofocus]")?.focus();
  }
}
