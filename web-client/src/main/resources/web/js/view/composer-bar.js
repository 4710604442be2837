import { gist } from "../text/preview.js";
import { el, iconButton } from "./dom.js";

/** Over the message field: what is replied to, or what is written anew. */
export class ComposerBar {
  node = el("div", { class: "reply-bar", hidden: true, testid: "reply-bar" });

  showReply(name, message, oncancel) {
    this.#show(name, gist(message), ["Do not reply", "no-reply"], oncancel);
  }

  showEdit(message, oncancel) {
    this.#show("Editing your message", gist(message), ["Do not edit", "no-edit"], oncancel);
  }

  hide() {
    this.node.hidden = true;
  }

  #show(title, words, [cancel, testid], oncancel) {
    this.node.hidden = false;
    this.node.replaceChildren(
      el("span", { class: "quote-name" }, title),
      el("span", { class: "quote-words" }, words),
      iconButton("close", cancel, { onclick: oncancel, testid }),
    );
  }
}
