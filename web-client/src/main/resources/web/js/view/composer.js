import { timeLeft } from "../text/durations.js";
import { act } from "./act.js";
import { ComposerBar } from "./composer-bar.js";
import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { MentionPicker } from "./mention-picker.js";
import { notify } from "./notices.js";
import { openPacketDialog } from "./packet-dialog.js";
import { SpeechGate } from "./speech-gate.js";
import { placeholderOf } from "./speech-notice.js";

/** The counter shows up when this little is left. */
const COUNT_FROM = 200;

const EMPTY = { text: "", reply: null, edited: null, chosen: [] };

/**
 * Where a message is written, or one's own is written anew: Enter sends, Shift+Enter begins a new
 * line. While the user may not write, it says so instead.
 */
export class Composer {
  #client;
  #onsent;
  #onup;
  #groupId = null;
  #drafts = new Map();
  #reply = null;
  #edited = null;
  #input = el("textarea", {
    rows: "1",
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
  #bar = new ComposerBar();
  #line = el("div", { class: "composer-line" });
  #gate;
  #mentions;

  /** @param onup the person wants to go up from an empty field, into the messages */
  constructor(client, { onsent, onup }) {
    this.#client = client;
    this.#onsent = onsent;
    this.#onup = onup;
    this.#mentions = new MentionPicker(client, this.#input, () => this.#groupId);
    this.#input.addEventListener("input", () => this.#typed());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#gate = new SpeechGate(client, () => this.#look());
    const packet = iconButton("packet", "Send a red packet", {
      class: "icon-button packet-button",
      testid: "open-packet",
      onclick: () => openPacketDialog(client, this.#groupId),
    });
    this.#line.append(packet, this.#input, this.#counter, this.#gate.wait, this.#send);
    this.node = el(
      "form",
      { class: "composer", testid: "composer-form" },
      this.#mentions.node,
      this.#bar.node,
      this.#gate.barrier,
      this.#line,
    );
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** Turns to another group; what was written for each is kept, what was being edited is not. */
  show(groupId) {
    if (this.#groupId) {
      this.#stopEditing();
      this.#drafts.set(this.#groupId, this.#draft());
    }
    this.#groupId = groupId;
    this.#fill(this.#drafts.get(groupId) ?? EMPTY);
    this.#look();
  }

  replyTo(message) {
    this.#stopEditing();
    this.#fill({ ...this.#draft(), reply: message });
    this.#input.focus();
  }

  /** Writes one's own message anew; what was begun comes back afterwards. */
  edit(message) {
    this.#stopEditing();
    this.#drafts.set(this.#groupId, this.#draft());
    const chosen = this.#mentions.namesOf(message.mentions ?? []);
    this.#fill({ text: message.content.text, reply: null, edited: message, chosen });
    this.#input.focus();
    this.#input.setSelectionRange(this.#input.value.length, this.#input.value.length);
  }

  /** Not on a touch screen, where it would raise the keyboard over what is to be read. */
  focus() {
    if (matchMedia("(hover: hover)").matches) {
      this.#input.focus();
    }
  }

  #draft() {
    const { chosen } = this.#mentions;
    return { text: this.#input.value, reply: this.#reply, edited: this.#edited, chosen };
  }

  #fill({ text, reply, edited, chosen }) {
    this.#input.value = text;
    this.#mentions.chosen = chosen;
    this.#reply = reply;
    this.#edited = edited;
    if (edited) {
      this.#bar.showEdit(edited, () => this.#stopEditing());
    } else if (reply) {
      const name = this.#client.members.name(reply.senderId);
      this.#bar.showReply(name, reply, () => this.#fill({ ...this.#draft(), reply: null }));
    } else {
      this.#bar.hide();
    }
    this.#fit();
  }

  #stopEditing() {
    if (this.#edited) {
      this.#fill(this.#drafts.get(this.#groupId) ?? EMPTY);
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
    } else if (event.key === "Escape" && this.#edited) {
      this.#stopEditing();
    } else if (event.key === "Escape" && this.#reply) {
      this.#fill({ ...this.#draft(), reply: null });
    }
  }

  #typed() {
    this.#fit();
    this.#mentions.look();
    if (this.#input.value.trim() && !this.#edited) {
      this.#client.typing.tell(this.#groupId);
    }
  }

  #submit() {
    const text = this.#input.value.trim();
    if (!text || this.#left < 0 || !this.#gate.mayWrite) {
      return;
    }
    if (this.#edited) {
      this.#save(this.#edited, text);
    } else if (this.#gate.waitMs > 0) {
      notify(`Slow mode: you can send this in ${timeLeft(this.#gate.waitMs)}.`);
    } else {
      this.#sendNow(text);
    }
  }

  #sendNow(text) {
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
    this.#fill(EMPTY);
    this.#onsent();
  }

  async #save({ groupId, seq, content }, text) {
    const mentions = this.#mentions.idsIn(text);
    const saved =
      text === content.text ||
      (await act(async () => {
        const wish = { groupId, seq, content: { text }, mentions };
        const reply = await this.#client.request("message.edit", wish);
        this.#client.logs.get(groupId)?.announce(reply.seq ?? 0);
      }));
    if (saved && this.#edited?.seq === seq && this.#groupId === groupId) {
      this.#stopEditing();
    }
  }

  #look() {
    this.#input.placeholder = placeholderOf(this.#client.speaking.state);
    this.#line.hidden = !this.#gate.mayWrite;
    this.#fit();
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
    const waits = !this.#edited && this.#gate.waitMs > 0; // editing is not sending
    this.#send.disabled = !this.#input.value.trim() || left < 0 || waits;
    this.#input.style.height = "auto";
    if (this.#input.scrollHeight > 0) {
      this.#input.style.height = `${this.#input.scrollHeight}px`;
    }
  }
}
