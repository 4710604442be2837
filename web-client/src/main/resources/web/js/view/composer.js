import { gist } from "../text/preview.js";
import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { MentionPicker } from "./mention-picker.js";
import { notify } from "./notices.js";

/** The counter shows up when this little is left. */
const COUNT_FROM = 200;

/** Where a message is written: Enter sends, Shift+Enter begins a new line. */
export class Composer {
  #client;
  #onsent;
  #onup;
  #groupId = null;
  #drafts = new Map();
  #reply = null;
  #input = el("textarea", {
    rows: "1",
    placeholder: "Write a message",
    "aria-label": "Message",
    enterkeyhint: "send",
    testid: "composer",
  });
  #send = el(
    "button",
    { type: "submit", class: "send", "aria-label": "Send", title: "Send", testid: "send" },
    icon("send"),
  );
  #counter = el("span", { class: "counter", hidden: true, role: "status", testid: "counter" });
  #replyBar = el("div", { class: "reply-bar", hidden: true, testid: "reply-bar" });
  #mentions;

  /** @param onup the person wants to go up from an empty field, into the messages */
  constructor(client, { onsent, onup }) {
    this.#client = client;
    this.#onsent = onsent;
    this.#onup = onup;
    this.#mentions = new MentionPicker(client, this.#input, () => this.#groupId);
    this.#input.addEventListener("input", () => this.#edited());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.node = el(
      "form",
      { class: "composer", testid: "composer-form" },
      this.#mentions.node,
      this.#replyBar,
      el("div", { class: "composer-line" }, this.#input, this.#counter, this.#send),
    );
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** Turns to another group; what was written for each is kept. */
  show(groupId) {
    if (this.#groupId) {
      this.#drafts.set(this.#groupId, {
        text: this.#input.value,
        reply: this.#reply,
        chosen: this.#mentions.chosen,
      });
    }
    this.#groupId = groupId;
    const { text = "", reply = null, chosen = [] } = this.#drafts.get(groupId) ?? {};
    this.#input.value = text;
    this.#mentions.chosen = chosen;
    this.#setReply(reply);
    this.#fit();
  }

  replyTo(message) {
    this.#setReply(message);
    this.#input.focus();
  }

  /** Not on a touch screen, where it would raise the keyboard over what is to be read. */
  focus() {
    if (matchMedia("(hover: hover)").matches) {
      this.#input.focus();
    }
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229) {
      return; // the key belongs to the input method
    }
    if (this.#mentions.key(event)) {
      event.preventDefault();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "ArrowUp" && !this.#input.value) {
      event.preventDefault();
      this.#onup();
    } else if (event.key === "Escape" && this.#reply) {
      this.#setReply(null);
    }
  }

  #edited() {
    this.#fit();
    this.#mentions.look();
    if (this.#input.value.trim()) {
      this.#client.typing.tell(this.#groupId);
    }
  }

  #submit() {
    const text = this.#input.value.trim();
    if (!text || this.#left < 0) {
      return;
    }
    const mentions = this.#mentions.idsIn(text);
    const taken = this.#client.outbox.add(this.#groupId, {
      type: "text",
      content: { text },
      replyToSeq: this.#reply?.seq,
      mentions: mentions.length > 0 ? mentions : undefined,
    });
    if (!taken) {
      notify("Too many messages are waiting to be sent.");
      return;
    }
    this.#client.typing.sent(this.#groupId);
    this.#input.value = "";
    this.#mentions.chosen = [];
    this.#setReply(null);
    this.#fit();
    this.#onsent();
  }

  /** Characters as the server counts them: code points. */
  get #left() {
    return this.#client.limits.textCharacters - [...this.#input.value.trim()].length;
  }

  #fit() {
    const left = this.#left;
    this.#counter.hidden = left > COUNT_FROM;
    this.#counter.textContent = left < 0 ? `${-left} too many` : `${left} left`;
    this.#counter.classList.toggle("problem", left < 0);
    this.#send.disabled = !this.#input.value.trim() || left < 0;
    this.#input.style.height = "auto";
    if (this.#input.scrollHeight > 0) {
      this.#input.style.height = `${this.#input.scrollHeight}px`;
    }
  }

  #setReply(message) {
    this.#reply = message;
    this.#replyBar.hidden = !message;
    if (message) {
      this.#replyBar.replaceChildren(
        el("span", { class: "quote-name" }, this.#client.members.name(message.senderId)),
        el("span", { class: "quote-words" }, gist(message)),
        iconButton("close", "Do not reply", {
          onclick: () => this.#setReply(null),
          testid: "no-reply",
        }),
      );
    }
  }
}
