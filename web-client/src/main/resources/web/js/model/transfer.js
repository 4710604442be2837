import { RequestError } from "../net/request-error.js";
import { contentTypeOf, nameOf } from "./media-kinds.js";

/** Files larger than this go in parts, so that after a lost connection only a part goes again. */
export const WHOLE_MAX = 16 << 20;

/** Parts asked for at once; their signatures must last until all of them have gone. */
const PARTS_PAGE = 10;

/** The server reads the whole file again when it checks it. */
const CHECK_TIMEOUT_MS = 180_000;

/**
 * One file's way to the media store: it is announced, brought there, whole or in parts, and checked by
 * the server. It may be attempted any number of times. The same content is the same medium, of which
 * the server knows what has come, so an attempt goes on where the last one stopped, even after a reload.
 */
export class Transfer {
  #ways;
  #file;
  #kind;
  #onprogress;
  #sha256 = null;

  /**
   * @param ways `request(op, data, timeoutMs?)`, `digest(file, onprogress, signal)` and
   *     `put(signed, body, onprogress, signal)`
   * @param onprogress gets `reading`, `sending` or `checking`, and which part of it is done, 0 to 1
   */
  constructor(ways, file, kind, onprogress = () => {}) {
    this.#ways = ways;
    this.#file = file;
    this.#kind = kind;
    this.#onprogress = onprogress;
  }

  /** Resolves with the medium's id. Rejects with a RequestError, or the signal's reason. */
  async attempt(signal) {
    const { request } = this.#ways;
    const announced = await request("media.prepare", await this.#announcement(signal));
    signal.throwIfAborted();
    if (!announced.complete) {
      await this.#bring(announced, signal);
      this.#onprogress("checking", 0);
      await request("media.complete", { mediaId: announced.mediaId }, CHECK_TIMEOUT_MS);
      signal.throwIfAborted();
    }
    return announced.mediaId;
  }

  async #announcement(signal) {
    const file = this.#file;
    const onprogress = (read) => this.#onprogress("reading", read / file.size);
    try {
      this.#sha256 ??= await this.#ways.digest(file, onprogress, signal);
    } catch {
      signal.throwIfAborted();
      throw new RequestError("unreadable"); // a folder, or changed since it was chosen
    }
    return {
      kind: this.#kind,
      contentType: contentTypeOf(file),
      bytes: file.size,
      sha256: this.#sha256,
      name: this.#kind === "file" ? nameOf(file) : undefined,
    };
  }

  #bring({ mediaId, uploadUrl: url, method, headers }, signal) {
    return this.#file.size > WHOLE_MAX
      ? this.#bringParts(mediaId, signal)
      : this.#put({ url, method, headers }, 0, this.#file.size, signal);
  }

  async #bringParts(mediaId, signal) {
    let cursor;
    do {
      const page = await this.#ways.request("media.parts", { mediaId, cursor, limit: PARTS_PAGE });
      for (const { number, bytes, stored, uploadUrl: url, method, headers } of page.parts ?? []) {
        if (!stored) {
          const from = (number - 1) * page.partBytes;
          await this.#put({ url, method, headers }, from, from + bytes, signal);
        }
      }
      cursor = page.nextCursor;
    } while (cursor);
  }

  async #put(signed, from, to, signal) {
    const file = this.#file;
    const onprogress = (gone) => this.#onprogress("sending", (from + gone) / file.size);
    onprogress(0);
    await this.#ways.put(signed, file.slice(from, to), onprogress, signal);
    onprogress(to - from);
  }
}
