import { Attachments } from "./attachments.js";
import { ComposerBar } from "./composer-bar.js";
import { composerTools } from "./composer-tools.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { MentionPicker } from "./mention-picker.js";
import { MessageSender } from "./message-sender.js";
import { SpeechGate } from "./speech-gate.js";
import { placeholderOf } from "./speech-notice.js";
import { TextCounter } from "./text-counter.js";
import { VoiceRecorder } from "./voice-recorder.js";

const EMPTY = { text: "", reply: null, edited: null, chosen: [], files: [] };

/**
 * Where a message is written, or one's own is written anew: Enter sends, Shift+Enter begins a new
 * line. While the user may not write, it says so instead.
 */
export class Composer {
  #client;
  #sender;
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
  #counter;
  #bar = new ComposerBar();
  #line = el("div", { class: "composer-line" });
  #attachments;
  #recorder;
  #gate;
  #mentions;

  /** @param onup the person wants to go up from an empty field, into the messages */
  constructor(client, { onsent, onup }) {
    this.#client = client;
    this.#sender = new MessageSender(client, onsent);
    this.#counter = new TextCounter(client);
    this.#onup = onup;
    this.#mentions = new MentionPicker(client, this.#input, () => this.#groupId);
    this.#input.addEventListener("input", () => this.#typed());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    addEventListener("resize", () => this.#fit());
    this.#gate = new SpeechGate(client, () => this.#look());
    this.#attachments = new Attachments(client, () => this.#fit());
    this.#recorder = new VoiceRecorder(() => this.#look());
    const tools = composerTools(client, this.#input, {
      groupOf: () => this.#groupId,
      onfiles: (files) => this.attach(files),
      onvoice: () => this.#gate.unlessSlow(() => this.#record(this.#groupId)),
    });
    this.#line.append(...tools, this.#input, this.#counter.node, this.#gate.wait, this.#send);
    this.node = el(
      "form",
      { class: "composer", testid: "composer-form" },
      this.#mentions.node,
      this.#bar.node,
      this.#attachments.node,
      this.#gate.barrier,
      this.#line,
      this.#recorder.node,
    );
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** Turns to another group; what was written for each is kept, what was being edited is not. */
  show(groupId) {
    this.#recorder.drop();
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
    this.#fill({ ...EMPTY, text: message.content.text, edited: message, chosen });
    this.#input.focus();
    this.#input.setSelectionRange(this.#input.value.length, this.#input.value.length);
  }

  /** Whether files are taken just now. */
  get mayAttach() {
    return this.#groupId !== null && this.#gate.mayWrite && !this.#edited;
  }

  /** Takes files to send with the next message. */
  attach(files) {
    if (this.mayAttach) {
      this.#attachments.add(files);
      this.focus();
    }
  }

  /** Not on a touch screen, where it would raise the keyboard over what is to be read. */
  focus() {
    if (matchMedia("(hover: hover)").matches) {
      this.#input.focus();
    }
  }

  #draft() {
    const { chosen } = this.#mentions;
    const { files } = this.#attachments;
    return { text: this.#input.value, reply: this.#reply, edited: this.#edited, chosen, files };
  }

  #fill({ text, reply, edited, chosen, files }) {
    this.#input.value = text;
    this.#attachments.files = files;
    this.#mentions.chosen = chosen;
    this.#reply = reply;
    this.#edited = edited;
    this.node.classList.toggle("editing", edited !== null);
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
    const { files } = this.#attachments;
    const isEmpty = !text && files.length === 0;
    if (isEmpty || this.#counter.leftAfter(text) < 0 || !this.#gate.mayWrite) {
      return;
    }
    if (this.#edited) {
      this.#save(this.#edited, text);
    } else {
      this.#gate.unlessSlow(() => this.#sendNow(text, files));
    }
  }

  /** The words go first, as a message of their own: files take longer. */
  #sendNow(text, files) {
    if (text) {
      const mentions = this.#mentions.idsIn(text);
      if (!this.#sender.text(this.#groupId, { text, mentions, replyToSeq: this.#reply?.seq })) {
        return;
      }
      this.#fill({ ...EMPTY, files });
    }
    if (files.length > 0 && this.#sender.files(this.#groupId, files, this.#reply?.seq)) {
      this.#fill(EMPTY);
    }
  }

  #record(groupId) {
    const reply = this.#reply;
    this.#recorder.begin((file) => {
      if (this.#sender.files(groupId, [file], reply?.seq) && this.#reply === reply) {
        this.#fill({ ...this.#draft(), reply: null });
      }
    });
  }

  async #save(message, text) {
    const saved = await this.#sender.edit(message, text, this.#mentions.idsIn(text));
    const { groupId, seq } = message;
    if (saved && this.#edited?.seq === seq && this.#groupId === groupId) {
      this.#stopEditing();
    }
  }

  #look() {
    this.#input.placeholder = placeholderOf(this.#client.speaking.state);
    this.#line.hidden = !this.#gate.mayWrite || this.#recorder.isBusy;
    this.#fit();
  }

  #fit() {
    const text = this.#input.value.trim();
    this.#counter.look(text);
    const waits = !this.#edited && this.#gate.waitMs > 0; // editing is not sending
    const isEmpty = !text && this.#attachments.files.length === 0;
    this.#send.disabled = isEmpty || this.#counter.leftAfter(text) < 0 || waits;
    this.#input.style.height = "auto";
    if (this.#input.scrollHeight > 0) {
      this.#input.style.height = `${this.#input.scrollHeight}px`;
    }
  }
}
