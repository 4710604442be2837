import { may } from "../model/roles.js";
import { auditPanel } from "./audit-panel.js";
import { bansPanel } from "./bans-panel.js";
import { detailsPanel } from "./details-panel.js";
import { el, iconButton } from "./dom.js";
import { pinsPanel } from "./pins-panel.js";
import { requestsPanel } from "./requests-panel.js";
import { searchPanel } from "./search-panel.js";
import { settingsPanel } from "./settings-panel.js";

/** What can stand beside a chat; a new panel adds its maker here. */
const PANELS = {
  details: detailsPanel,
  search: searchPanel,
  settings: settingsPanel,
  requests: requestsPanel,
  bans: bansPanel,
  audit: auditPanel,
  pins: pinsPanel,
};

/** Those that only owner and admins have. */
const MANAGING = ["settings", "requests", "bans", "audit"];

const isNarrow = () => matchMedia("(max-width: 1100px)").matches;

/** The place beside the chat, where one panel at a time is open; from some of them a way leads on. */
export class Panel {
  node = el("aside", { class: "panel", hidden: true, testid: "panel" });
  #client;
  #jumpTo;
  #onclose;
  #groupId = null;
  #name = null;
  #under = null;
  #dispose = () => {};

  constructor(client, { jumpTo, onclose }) {
    this.#client = client;
    this.#jumpTo = jumpTo;
    this.#onclose = onclose;
    client.conversations.on("change", () => this.#leaveIfDemoted());
    this.node.addEventListener("keydown", ({ key }) => key === "Escape" && this.#goBack());
  }

  get isOpen() {
    return this.#name !== null;
  }

  toggle(name) {
    this.#open(name === this.#name ? null : name);
  }

  /**
   * Turns to another group: what managed the last one gives way, lest it be taken for that one's, and
   * on a narrow page any panel makes room for the chat.
   */
  show(groupId) {
    if (groupId === this.#groupId) {
      return;
    }
    this.#groupId = groupId;
    if (isNarrow() || !groupId) {
      this.#open(null);
    } else if (MANAGING.includes(this.#name)) {
      this.#open("details");
    } else {
      this.#open(this.#name, this.#under);
    }
  }

  close() {
    this.#open(null);
    this.#onclose();
  }

  #leaveIfDemoted() {
    const role = this.#client.conversations.get(this.#groupId)?.role;
    if (MANAGING.includes(this.#name) && role && !may(role, "manage")) {
      this.#open("details");
    }
  }

  #goBack() {
    if (this.#under) {
      this.#open(this.#under);
    } else {
      this.close();
    }
  }

  /** @param under the panel to go back to */
  #open(name, under = null) {
    this.#dispose();
    this.#dispose = () => {};
    this.#name = name;
    this.#under = under;
    this.node.hidden = name === null;
    if (name === null) {
      this.node.replaceChildren();
      return;
    }
    const jumpTo = (seq) => {
      if (isNarrow()) {
        this.close();
      }
      this.#jumpTo(seq);
    };
    const { title, body, dispose } = PANELS[name](this.#client, this.#groupId, {
      jumpTo,
      open: (next) => this.#open(next, name),
      back: () => this.#goBack(),
    });
    this.#dispose = dispose ?? this.#dispose;
    this.node.setAttribute("aria-label", title);
    this.node.replaceChildren(
      el(
        "header",
        { class: "panel-header" },
        under &&
          iconButton("back", "Back", { onclick: () => this.#goBack(), testid: "panel-back" }),
        el("h2", {}, title),
        iconButton("close", "Close", { onclick: () => this.close(), testid: "panel-close" }),
      ),
      body,
    );
    this.node.querySelector(under ? "[data-testid=panel-back]" : "[autofocus]")?.focus();
  }
}
