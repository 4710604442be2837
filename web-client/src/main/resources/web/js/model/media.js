/** URLs asked for at the same time. */
const ASKING_MAX = 4;

/** A URL that runs out sooner than this is not begun with. */
const MARGIN_MS = 60_000;

/** URLs held at most; beyond, all are forgotten and asked for again as needed. */
const URLS_MAX = 2_000;

/**
 * Files of this browser that are shown without asking anybody; beyond, the first is let go. There is room
 * for all that are on their way at once.
 */
export const LOCAL_MAX = 200;

/**
 * Where media are to be had: signed URLs, each asked for when it is needed and again when it runs out;
 * and of what was sent from here, the file itself.
 */
export class Media {
  #request;
  #now;
  #urls = new Map();
  #asked = new Map();
  #asking = 0;
  #queue = [];
  #localUrls = new Map();
  #sent = new Map();

  /**
   * @param request asks the server, and waits for a connection where there is none
   * @param now gives the server's time
   */
  constructor({ request, now }) {
    this.#request = request;
    this.#now = now;
  }

  /**
   * Resolves with a URL of a medium; rejects with a RequestError.
   *
   * @param fresh the one that was given before does not work any more
   */
  url(mediaId, { fresh = false } = {}) {
    const known = this.#urls.get(mediaId);
    if (known && !fresh && known.expiresAt - MARGIN_MS > this.#now()) {
      return Promise.resolve(known.url);
    }
    if (!this.#asked.has(mediaId)) {
      const asked = this.#ask(mediaId).finally(() => this.#asked.delete(mediaId));
      this.#asked.set(mediaId, asked);
    }
    return this.#asked.get(mediaId);
  }

  /** An object URL of a file of this browser. */
  localUrl(file) {
    const url = this.#localUrls.get(file) ?? URL.createObjectURL(file);
    this.#localUrls.delete(file);
    this.#localUrls.set(file, url); // the last in the map is the last that was needed
    if (this.#localUrls.size > LOCAL_MAX) {
      this.#letGo(this.#localUrls.keys().next().value);
    }
    return url;
  }

  /** Remembers of which file a medium was made. */
  sent(mediaId, file) {
    this.localUrl(file);
    this.#sent.set(mediaId, file);
  }

  /** The file of this browser that a medium was made of, as an object URL; undefined for others. */
  local(mediaId) {
    const file = this.#sent.get(mediaId);
    return file && this.localUrl(file);
  }

  clear() {
    [...this.#localUrls.keys()].forEach((file) => this.#letGo(file));
    this.#urls.clear();
    this.#sent.clear();
  }

  async #ask(mediaId) {
    await this.#turn();
    try {
      const answer = await this.#request("media.url", { mediaId });
      if (this.#urls.size >= URLS_MAX) {
        this.#urls.clear();
      }
      this.#urls.set(mediaId, answer);
      return answer.url;
    } finally {
      this.#asking--;
      this.#queue.shift()?.();
    }
  }

  async #turn() {
    if (this.#asking >= ASKING_MAX) {
      await new Promise((resolve) => this.#queue.push(resolve));
    }
    this.#asking++;
  }

  #letGo(file) {
    URL.revokeObjectURL(this.#localUrls.get(file));
    this.#localUrls.delete(file);
    for (const [mediaId, each] of this.#sent) {
      if (each === file) {
        this.#sent.delete(mediaId);
      }
    }
  }
}
