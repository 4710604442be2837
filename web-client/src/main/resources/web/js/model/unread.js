/** Beyond this it is not counted; from here on it is shown as "99+". */
const UNREAD_MAX = 100;

const COUNTING = new Set(["text", "image", "audio", "video", "file", "redpacket"]);

/** Whether entries of that type count as unread. */
export function counts(message) {
  return COUNTING.has(message.type);
}

export function unreadText(unread) {
  return unread === 0 ? "" : unread >= UNREAD_MAX ? "99+" : String(unread);
}

/**
 * The unread entries of one conversation: what the server counted up to its `lastSeq`, and the
 * entries that came live after it.
 *
 * The two parts are kept apart so that a read mark anywhere in the live part gives an exact number
 * without asking.
 */
export class Unread {
  #me;
  #counted;
  #countedTo;
  #mentionedBefore;
  #live = [];

  /** @param conversation the server's, as of its `lastSeq` */
  constructor(conversation, me) {
    this.#me = me;
    this.#counted = conversation.unread;
    this.#countedTo = conversation.lastSeq;
    this.#mentionedBefore = conversation.mentioned;
    this.readSeq = conversation.readSeq;
  }

  get count() {
    return Math.min(UNREAD_MAX, this.#counted + this.#live.length);
  }

  get mentioned() {
    return this.#mentionedBefore || this.#live.some(({ mentionsMe }) => mentionsMe);
  }

  /** Takes a live entry; one's own reads everything before it. */
  add(message) {
    if (!counts(message)) {
      return;
    }
    if (message.senderId === this.#me) {
      this.read(message.seq, 0);
    } else if (message.seq > this.readSeq) {
      this.#live.push({ seq: message.seq, mentionsMe: this.#isMentioned(message) });
      this.#live.splice(0, this.#live.length - UNREAD_MAX);
    }
  }

  /** Takes an entry that changes an earlier one. False where only the server can tell what it changes. */
  amend(message) {
    const { seq } = message.content;
    if (seq <= this.readSeq || message.type === "reaction") {
      return true;
    }
    return message.type === "recall" ? this.recall(seq) : this.#edit(seq, message);
  }

  /** False where only the server can tell what the recall changes. */
  recall(seq) {
    if (seq <= this.readSeq) {
      return true;
    }
    const before = this.#live.length;
    this.#live = this.#live.filter((entry) => entry.seq !== seq);
    return this.#live.length < before && before < UNREAD_MAX;
  }

  /**
   * False where only the server can tell what is left: the mark lies before the live part, and which
   * of that was in the server's count is not known.
   *
   * @param unread the server's count at that mark
   */
  read(seq, unread) {
    if (seq < this.readSeq) {
      return true;
    }
    this.readSeq = seq;
    this.#live = this.#live.filter((entry) => entry.seq > seq);
    if (seq >= this.#countedTo) {
      this.#counted = 0;
      this.#mentionedBefore = false;
      return true;
    }
    this.#counted = Math.max(0, unread - this.#live.length);
    return this.#live.length === 0 && !this.#mentionedBefore;
  }

  /** An edit may mention somebody, or nobody any more. */
  #edit(seq, message) {
    const entry = this.#live.find((each) => each.seq === seq);
    if (entry) {
      entry.mentionsMe = this.#isMentioned(message);
    }
    return entry !== undefined || !(this.#mentionedBefore || this.#isMentioned(message));
  }

  #isMentioned({ mentions = [] }) {
    return mentions.some((id) => id === this.#me || id === "all");
  }
}
