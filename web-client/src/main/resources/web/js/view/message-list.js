import { unreadText } from "../model/unread.js";
import { coalesced, el, Keyed, setChildren } from "./dom.js";
import { icon } from "./icons.js";
import { openMessageMenu } from "./message-actions.js";
import { messageKeys } from "./message-keys.js";
import { messageRow } from "./message-row.js";
import { notify } from "./notices.js";
import { showProgress } from "./pending-row.js";
import { explain } from "./problems.js";
import { rowsOf } from "./rows.js";
import { Scroll } from "./scroll.js";

const HIGHLIGHT_MS = 1_600;

/** The messages of one group: the log's window and what is being sent, as rows that scroll. */
export class MessageList {
  #client;
  #write;
  #groupId = null;
  #log = null;
  #trouble = null;
  #unlisten = [];
  #keyed = new Keyed();
  #rows = el("div", { class: "rows", role: "log", "aria-label": "Messages", testid: "messages" });
  #top = el("p", { class: "hint top" });
  #newer = el("button", { type: "button", class: "to-end", hidden: true, testid: "to-end" });
  #scroll;
  #keys;
  #readSeq = null;
  #placed = false;
  #render = coalesced(() => this.#renderNow());

  /** @param write `{focus, reply, edit}` of the message field: to it, a reply, a message anew */
  constructor(client, write) {
    this.#client = client;
    this.#write = write;
    this.#newer.addEventListener("click", () => this.toEnd());
    this.#scroll = new Scroll([this.#top, this.#rows], {
      ontop: () => this.#log?.older(),
      onbottom: () => this.#log?.newer(),
      onmove: () => this.#settle(),
    });
    this.#keys = messageKeys(this.#scroll.node, write.focus);
    this.node = el("section", { class: "messages" }, this.#scroll.node, this.#newer);
    client.people.on("change", this.#render);
    client.members.on("change", this.#render);
    client.quotes.on("change", this.#render);
    client.packets.on("change", this.#render);
    client.conversations.on("change", () => this.#settle());
    [client.outbox, client.uploads].forEach((each) =>
      each.on("change", (groupId) => groupId === this.#groupId && this.#render()),
    );
    client.uploads.on("progress", (item) => this.#showProgress(item));
    client.connection.on("state", this.#render);
    document.addEventListener("visibilitychange", () => this.#seenAgain());
  }

  /** Turns to another group's log, or to none. */
  show(groupId) {
    this.#unlisten.forEach((off) => off());
    this.#groupId = groupId;
    this.#placed = false;
    this.#keyed = new Keyed();
    setChildren(this.#rows, []);
    if (!groupId) {
      this.#log = null;
      this.#unlisten = [];
      return;
    }
    const { unread } = this.#client.conversations.get(groupId);
    this.#log = this.#client.logs.open(groupId, unread);
    this.#unlisten = [
      this.#log.on("change", () => this.#heal()),
      this.#log.on("trouble", (error) => this.#explain(error)),
    ];
    this.#trouble = null;
    this.#divide();
    this.#renderNow();
  }

  /** To the newest message; one's own have just been read. */
  async toEnd() {
    this.#readSeq = null;
    this.#scroll.stick();
    await this.#log.latest();
    this.#render();
  }

  focusNewest() {
    this.#keys.focusNewest();
  }

  async jumpTo(seq) {
    this.#scroll.unstick();
    await this.#log.jumpTo(seq);
    this.#renderNow();
    const row = this.#keyed.get(seq);
    if (!row) {
      notify("That message cannot be shown just now.");
      return;
    }
    row.scrollIntoView({ block: "center" });
    row.classList.add("highlight");
    setTimeout(() => row.classList.remove("highlight"), HIGHLIGHT_MS);
  }

  #renderNow() {
    const log = this.#log;
    if (!log?.loaded) {
      this.#top.textContent = log ? this.#waiting("Loading…") : "";
      return;
    }
    const uploads = this.#client.uploads.of(this.#groupId);
    const unsent = this.#client.outbox.of(this.#groupId).filter((item) => !this.#arrived(item));
    const pending = [...unsent, ...uploads].sort((a, b) => a.createdAt - b.createdAt);
    const { entries, low, reachedStart } = log.window;
    const rows = rowsOf({
      entries,
      pending: log.following ? pending : [],
      readSeq: reachedStart || low <= this.#readSeq ? this.#readSeq : null, // else it lies further up
      me: this.#client.me,
    });
    const context = {
      client: this.#client,
      log,
      openMenu: (message, button) => openMessageMenu(this.#client, message, button, this.#write),
      jumpTo: (seq) => this.jumpTo(seq),
    };
    this.#scroll.keepingPlace(() => {
      this.#top.textContent = reachedStart ? "" : this.#waiting("Loading earlier messages…");
      setChildren(this.#rows, this.#keyed.elements(rows.map((row) => messageRow(row, context))));
    });
    uploads.forEach((item) => this.#showProgress(item));
    if (!this.#placed) {
      this.#placed = true;
      this.#scroll.place(this.#keyed.get("divider"));
    }
    this.#settle();
  }

  #showProgress(item) {
    const connected = this.#client.connection.state === "open";
    showProgress(this.#keyed.get(item.clientMessageId), item, connected);
  }

  #heal() {
    this.#trouble = null;
    this.#render();
  }

  /** Without rendering, which would ask for the same again at once. */
  #explain(error) {
    this.#trouble = error;
    this.#top.textContent = this.#waiting();
  }

  #waiting(words) {
    return this.#trouble ? explain(this.#trouble) : words;
  }

  /** Whether an entry stands for that outbox item by now; then the item is let go. */
  #arrived({ clientMessageId, state, seq }) {
    const { window } = this.#log;
    const arrived = window.holdsKey(clientMessageId) || (state === "sent" && seq <= window.high);
    if (arrived) {
      queueMicrotask(() => this.#client.outbox.discard(clientMessageId));
    }
    return arrived;
  }

  /** After anything moved: what has been seen, and whether the way to the end is offered. */
  #settle() {
    const log = this.#log;
    if (!log?.loaded || !this.#placed) {
      return;
    }
    const atEnd = this.#scroll.sticks && log.following;
    if (atEnd) {
      log.trim();
    }
    const unread = unreadText(this.#client.conversations.get(this.#groupId)?.unread ?? 0);
    this.#newer.hidden = atEnd;
    this.#newer.replaceChildren(icon("down"), unread ? `${unread} new` : "");
    this.#newer.setAttribute(
      "aria-label",
      unread ? `${unread} new messages, go to the end` : "Go to the newest message",
    );
    if (document.visibilityState === "visible" && this.node.offsetParent !== null) {
      const seq = atEnd ? log.window.high : this.#lastInView();
      this.#client.readMarks.seen(this.#groupId, seq);
    }
  }

  #lastInView() {
    const row = this.#scroll.lastInView(this.#rows.children, (each) => each.dataset.seq);
    return Number(row?.dataset.seq ?? 0);
  }

  /** The divider stands where reading stopped, if anything is unread. */
  #divide() {
    const conversation = this.#client.conversations.get(this.#groupId);
    if (conversation?.unread > 0) {
      this.#readSeq = conversation.readSeq;
    } else {
      this.#readSeq = null;
    }
  }

  #seenAgain() {
    if (document.visibilityState === "visible" && this.#log) {
      if (this.#client.conversations.get(this.#groupId)?.unread > 0) {
        this.#divide();
      }
      this.#renderNow();
    }
  }
}
