import { Emitter } from "../emitter.js";

/** How often a room that was lost with the connection is entered anew, where that fails in passing. */
const RETRY_MS = 1_000;

/**
 * Meeting face to face: the room of a 4-digit code in which this user waits, or none.
 *
 * `state` is `out` (no room), `entering`, `waiting`, `confirming` or `over` (its time has run out).
 * Who waits comes with the reply and then live; after a lost connection the room is entered anew, as
 * long as its time lasts, since events in between are gone. Emits `change`, and `problem` with an Error
 * where entering or confirming failed.
 */
export class FaceRoom extends Emitter {
  state = "out";
  /** Of the room, or of the last one; null once it was left. */
  code = null;
  waiting = [];
  /** Of the group that was made here, once it was. */
  groupId = null;
  expiresAt = 0;
  #connection;
  #people;
  #request;
  #now;
  #place = null;
  #heard = 0;
  #timer = null;

  /**
   * @param request makes a request that waits for a connection
   * @param now gives the server's time
   */
  constructor(connection, people, { request, now }) {
    super();
    this.#connection = connection;
    this.#people = people;
    this.#request = request;
    this.#now = now;
    connection.on("event:face", (event) => this.#hear(event));
    connection.on("open", () => this.#enterAgain());
  }

  get leftMs() {
    return Math.max(0, this.expiresAt - this.#now());
  }

  /**
   * @param place `{latitude, longitude}`, or null, or a promise of it, which is waited for: those meet
   *     who say where they are, or who don't
   */
  async enter(code, place = null) {
    this.#place = place;
    this.#become("entering", { code, waiting: [], groupId: null, expiresAt: 0 });
    try {
      await this.#ask(this.#request);
    } catch (error) {
      if (this.state === "entering" && this.code === code && this.#place === place) {
        this.#become("out");
        this.emit("problem", error);
      }
    }
  }

  /** Makes the group, or joins it; resolves with it, or with null where that failed. */
  async confirm() {
    const { code } = this;
    this.#become("confirming");
    try {
      const { group } = await this.#request("face.confirm", { code });
      if (this.state === "confirming" && this.code === code) {
        this.#end("out"); // and yet in the room, for the others to see
      }
      return group;
    } catch (error) {
      if (this.state === "confirming") {
        this.#become(error.code === "code_expired" ? "over" : "waiting");
        this.emit("problem", error);
      }
      return null;
    }
  }

  /** Waits no more. */
  leave() {
    if (["entering", "waiting", "confirming"].includes(this.state)) {
      this.#tellLeft(this.code);
    }
    this.code = null;
    this.#end("out");
  }

  #tellLeft(code) {
    this.#connection.request("face.leave", { code }).catch(() => {}); // its time ends anyway
  }

  async #ask(request) {
    const { code } = this;
    const place = this.#place;
    const position = await place;
    if (this.code !== code || this.#place !== place) {
      return; // left meanwhile, or entered otherwise
    }
    const heardBefore = this.#heard;
    const room = await request("face.enter", { code, ...position });
    if (this.code !== code) {
      this.#tellLeft(code); // the server may have heard of the leaving first
      return;
    }
    if (!["entering", "waiting"].includes(this.state)) {
      return;
    }
    const heardSince = this.#heard !== heardBefore; // an event that is newer than the reply
    this.#people.add(room.waiting);
    this.#become("waiting", {
      expiresAt: room.expiresAt,
      waiting: heardSince ? this.waiting : room.waiting,
      groupId: room.groupId ?? this.groupId,
    });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end("over"), this.leftMs);
  }

  #hear({ code, waiting, groupId }) {
    if (code === this.code && this.state !== "out" && this.state !== "over") {
      this.#heard++;
      this.#people.add(waiting);
      this.#become(this.state, { waiting, groupId: groupId ?? this.groupId });
    }
  }

  #enterAgain() {
    if (this.state === "waiting" && this.leftMs > 0) {
      this.#ask((op, data) => this.#connection.request(op, data)).catch(
        (error) =>
          error.passing &&
          error.code !== "disconnected" &&
          setTimeout(() => this.#enterAgain(), error.retryAfterMs ?? RETRY_MS),
      );
    }
  }

  #end(state) {
    clearTimeout(this.#timer);
    this.#become(state);
  }

  #become(state, changes = {}) {
    Object.assign(this, changes, { state });
    this.emit("change");
  }
}
