import { Emitter } from "../emitter.js";
import { delayMs } from "../net/backoff.js";
import { newKey } from "../random.js";
import { kindOf, nameOf } from "./media-kinds.js";
import { Transfer } from "./transfer.js";

/** Files on their way at most; further ones are refused. */
export const UPLOADS_MAX = 100;

/** Files that go at the same time; the others wait. */
const GOING_MAX = 2;

/** A connection that was just lost may not be known to be lost yet. */
const NEXT_LINK_MS = 200;

/** Attempts that got no further in a row, before the person is asked. */
export const ATTEMPTS_MAX = 6;

/**
 * Files on their way to a group: each is brought to the media store and then sent as a message, under
 * one key from the beginning. A lost connection, or a store that is away, only makes it wait. Those
 * chosen together are sent in that order. They live as long as the page does.
 *
 * An item is `{clientMessageId, groupId, file, type, content, replyToSeq?, createdAt, state, step?,
 * done?, error?}`; its state is `waiting` (for its turn, or for another attempt), `going` (`step` and
 * `done` as Transfer tells them), `ready` (waiting for those chosen before it) or `failed` (the person
 * decides). Emits `change` with a group id, and `progress` with an item.
 */
export class Uploads extends Emitter {
  #ways;
  #connection;
  #outbox;
  #media;
  #limits;
  #items = new Map();
  #running = new Map();

  /**
   * @param ways of Transfer, and `cover(file)`, which makes a picture of a video, or null
   * @param limits gives those of the session
   */
  constructor(ways, { connection, outbox, media, limits }) {
    super();
    this.#ways = ways;
    this.#connection = connection;
    this.#outbox = outbox;
    this.#media = media;
    this.#limits = limits;
    connection.on("open", () => this.#goOn());
  }

  of(groupId) {
    return [...this.#items.values()].filter((item) => item.groupId === groupId);
  }

  get any() {
    return this.#items.size > 0;
  }

  /** Sends files, in this order. False where too many are on their way already. */
  add(groupId, files, { replyToSeq } = {}) {
    if (this.#items.size + files.length > UPLOADS_MAX) {
      return false;
    }
    const batch = newKey();
    files.forEach((file, at) => {
      const item = {
        clientMessageId: newKey(),
        groupId,
        batch,
        file,
        ...this.#appearance(file, kindOf(file, this.#limits())),
        replyToSeq: at === 0 ? replyToSeq : undefined,
        createdAt: Date.now(),
        state: "waiting",
      };
      this.#items.set(item.clientMessageId, item);
    });
    this.emit("change", groupId);
    this.#goOn();
    return true;
  }

  /** The person wants a failed one to be tried again, perhaps as a file of any kind. */
  retry(clientMessageId, { asFile = false } = {}) {
    const item = this.#items.get(clientMessageId);
    if (item?.state === "failed") {
      const appearance = asFile ? this.#appearance(item.file, "file") : {};
      this.#put({ ...item, ...appearance, state: "waiting", error: undefined });
      this.#goOn();
    }
  }

  /** Gives one up. */
  cancel(clientMessageId) {
    const item = this.#items.get(clientMessageId);
    if (item) {
      this.#drop(item);
      this.#handOver();
      this.#goOn();
    }
  }

  clear() {
    [...this.#items.values()].forEach((item) => this.#drop(item));
  }

  /** What is shown of it until its entry comes. */
  #appearance(file, kind) {
    const localUrl = this.#media.localUrl(file);
    return {
      type: kind,
      content: { name: nameOf(file), bytes: file.size, contentType: file.type, localUrl },
    };
  }

  #goOn() {
    for (const { clientMessageId: key, state } of this.#items.values()) {
      if (this.#connection.state !== "open" || this.#going >= GOING_MAX) {
        return;
      }
      if (state === "waiting" && !this.#running.get(key)?.timer) {
        this.#go(key);
      }
    }
  }

  get #going() {
    return [...this.#items.values()].filter(({ state }) => state === "going").length;
  }

  async #go(key) {
    const run = this.#running.get(key) ?? this.#begin(key);
    this.#put({ ...this.#items.get(key), state: "going", step: "reading", done: 0 });
    try {
      const coverMediaId = await this.#bringCover(run, this.#items.get(key));
      const mediaId = await run.transfer.attempt(run.stop.signal);
      this.#media.sent(mediaId, this.#items.get(key).file);
      this.#put({ ...this.#items.get(key), state: "ready", mediaId, coverMediaId });
      this.#running.delete(key);
      this.#handOver();
    } catch (error) {
      if (!run.stop.signal.aborted) {
        this.#failed(key, run, error);
      }
    }
    this.#goOn();
  }

  /** A video has the picture that is shown before it plays made here: the server makes none. */
  async #bringCover(run, { type, file }) {
    if (type !== "video") {
      return undefined;
    }
    run.cover ??= this.#ways.cover(file).then((it) => it && new Transfer(this.#ways, it, "image"));
    const cover = await run.cover;
    run.stop.signal.throwIfAborted();
    return cover ? cover.attempt(run.stop.signal) : undefined;
  }

  #begin(key) {
    const { file, type } = this.#items.get(key);
    const run = { stop: new AbortController(), attempts: 0, furthest: 0, timer: null };
    run.transfer = new Transfer(this.#ways, file, type, (step, done) => {
      if (this.#running.get(key) === run) {
        const item = { ...this.#items.get(key), step, done };
        this.#items.set(key, item);
        this.emit("progress", item);
      }
    });
    this.#running.set(key, run);
    return run;
  }

  #failed(key, run, error) {
    const item = this.#items.get(key);
    const gone = item.step === "sending" ? item.done : 0;
    run.attempts = gone > run.furthest ? 1 : run.attempts + 1;
    run.furthest = Math.max(run.furthest, gone);
    if (error.code === "disconnected") {
      run.attempts--; // the next connection goes on with it
      this.#later(run, NEXT_LINK_MS);
      this.#put({ ...item, state: "waiting" });
    } else if ((error.passing || error.code === "store_away") && run.attempts < ATTEMPTS_MAX) {
      this.#later(run, error.retryAfterMs ?? delayMs(run.attempts));
      this.#put({ ...item, state: "waiting" });
    } else {
      this.#running.delete(key);
      this.#put({ ...item, state: "failed", error });
      this.#handOver();
    }
  }

  #later(run, ms) {
    run.timer = setTimeout(() => {
      run.timer = null;
      this.#goOn();
    }, ms);
  }

  /** Sends those that have come, but none before one that was chosen before it and is still going. */
  #handOver() {
    const held = new Set();
    for (const item of [...this.#items.values()]) {
      const { clientMessageId, groupId, batch, state, type, replyToSeq } = item;
      if (state === "waiting" || state === "going") {
        held.add(batch);
      } else if (state === "ready" && !held.has(batch)) {
        const message = { clientMessageId, type, content: contentOf(item), replyToSeq };
        if (this.#outbox.add(groupId, message)) {
          this.#drop(item);
        } else {
          this.#put({ ...item, state: "failed", error: { code: "outbox_full" } });
        }
      }
    }
  }

  #drop({ clientMessageId, groupId }) {
    const run = this.#running.get(clientMessageId);
    this.#items.delete(clientMessageId);
    this.#running.delete(clientMessageId);
    clearTimeout(run?.timer);
    run?.stop.abort();
    this.emit("change", groupId);
  }

  #put(item) {
    this.#items.set(item.clientMessageId, item);
    this.emit("change", item.groupId);
  }
}

/** What the server has to be told; the rest it knows. */
function contentOf({ type, mediaId, coverMediaId, content: { name } }) {
  return { mediaId, coverMediaId, name: type === "file" ? name : undefined };
}
