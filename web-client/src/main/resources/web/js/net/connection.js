import { Emitter } from "../emitter.js";
import { delayMs, reconnectsAfter } from "./backoff.js";
import { Link } from "./link.js";
import { RequestError } from "./request-error.js";

export const SUBPROTOCOL = "hongbao.v1.json";

/** From dialling to the reply to session.open. */
export const OPEN_TIMEOUT_MS = 10_000;

/** How long an answer to a heartbeat may take before the connection counts as dead. */
export const PONG_TIMEOUT_MS = 8_000;

/** A session that lived this long starts the delays between attempts afresh. */
const STABLE_MS = 10_000;

const TOKEN_EXPIRED = 4002;
const TOKEN_INVALID = 4501;

/**
 * The session with the server, kept alive over any number of WebSockets.
 *
 * Emits `state` (`connecting`, `open`, `waiting`, `ended`), `open` with the reply to session.open
 * each time a session begins (read on from what you hold: events in between are gone),
 * `event:<name>` with an event's data, and `ended` with `{code, reason}` where reconnecting is of no
 * use.
 *
 * At most two links exist at once: `#link`, whose session is open, and `#next`, which is being
 * opened. When a node leaves, the next one is opened before the old one is dropped.
 */
export class Connection extends Emitter {
  #connect;
  #credentials;
  #renew;
  #link = null;
  #next = null;
  #attempt = 0;
  #renewed = false;
  #state = "ended";
  #timers = {};

  /**
   * @param connect makes a WebSocket
   * @param credentials gives the data of session.open
   * @param renew gets a new token; resolves with false where there is none to be had, and rejects
   *     where it could not be asked for
   */
  constructor({ connect, credentials, renew }) {
    super();
    this.#connect = connect;
    this.#credentials = credentials;
    this.#renew = renew;
  }

  get state() {
    return this.#state;
  }

  start() {
    if (this.#state === "ended") {
      this.#attempt = 0;
      this.#renewed = false;
      this.#dial();
    }
  }

  /** Ends the session for good; nothing is emitted but the state. */
  stop() {
    this.#halt();
    this.#setState("ended");
  }

  /** Rejects at once with `disconnected` while no session is open. */
  request(op, data, timeoutMs) {
    if (!this.#link) {
      return Promise.reject(
        new RequestError("disconnected", { message: "Not connected just now." }),
      );
    }
    const link = this.#link;
    const answer = link.request(op, data, timeoutMs);
    answer.catch((error) => error.code === "timeout" && link === this.#link && this.#ping(link));
    return answer;
  }

  /** Resolves once a session is open; rejects with `disconnected` where none is within that time. */
  opened(patienceMs) {
    if (this.#link) {
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const off = this.on("open", () => {
        off();
        clearTimeout(timer);
        resolve();
      });
      const timer = setTimeout(() => {
        off();
        reject(new RequestError("disconnected", { message: "Not connected just now." }));
      }, patienceMs);
    });
  }

  /** The network may have changed: dials at once if waiting, else asks whether the link still lives. */
  probe() {
    if (this.#state === "waiting") {
      this.#dial();
    } else if (this.#link) {
      this.#ping(this.#link);
    }
  }

  #dial() {
    this.#later("dial", null);
    if (this.#next) {
      return;
    }
    const link = new Link(this.#connect(), {
      onOpen: () => this.#open(link),
      onEvent: (name, data) => this.#receive(link, name, data),
      onClose: (code, reason) => this.#closed(link, code, reason),
    });
    this.#next = link;
    this.#later("open", OPEN_TIMEOUT_MS, () => link.drop(1006, "not opened in time"));
    this.#setState("connecting");
  }

  #open(link) {
    link.request("session.open", this.#credentials(), OPEN_TIMEOUT_MS).then(
      (session) => link === this.#next && this.#adopt(link, session),
      () => {}, // the server closes what it does not open; the code says what to do
    );
  }

  #adopt(link, session) {
    const old = this.#link;
    this.#link = link;
    this.#next = null;
    old?.drop();
    this.#renewed = false;
    this.#later("open", null);
    this.#later("stable", STABLE_MS, () => (this.#attempt = 0));
    this.#beat(session.heartbeatMs);
    this.#setState("open");
    this.emit("open", session);
  }

  #receive(link, name, data) {
    if (link !== this.#link) {
      return; // of a link that is being opened or was replaced: the log is read on anyway
    }
    if (name === "reconnect") {
      this.#later("dial", data.afterMs ?? 0, () => this.#dial());
    }
    this.emit(`event:${name}`, data);
  }

  #closed(link, code, reason) {
    if (link === this.#next) {
      this.#next = null;
      this.#later("open", null);
    } else if (link === this.#link) {
      this.#link = null;
      this.#later("beat", null);
      this.#later("stable", null);
    } else {
      return;
    }
    if (this.#next) {
      this.#setState("connecting");
    } else {
      this.#recover(code, reason);
    }
  }

  #recover(code, reason) {
    if ((code === TOKEN_EXPIRED || code === TOKEN_INVALID) && !this.#renewed) {
      this.#renewed = true;
      this.#setState("waiting");
      this.#renew().then(
        (renewed) => (renewed ? this.#dial() : this.#giveUp(code, reason)),
        () => ((this.#renewed = false), this.#dialLater()),
      );
    } else if (reconnectsAfter(code) && code !== TOKEN_EXPIRED) {
      this.#dialLater();
    } else {
      this.#giveUp(code, reason);
    }
  }

  #dialLater() {
    this.#later("dial", delayMs(this.#attempt++), () => this.#dial());
    this.#setState("waiting");
  }

  #beat(heartbeatMs) {
    this.#later("beat", heartbeatMs * (0.8 + Math.random() / 5), () => {
      this.#ping(this.#link);
      this.#beat(heartbeatMs);
    });
  }

  #ping(link) {
    link.request("session.ping", {}, PONG_TIMEOUT_MS).catch((error) => {
      if (error.code === "timeout") {
        link.drop(1006, "no answer");
      }
    });
  }

  #giveUp(code, reason) {
    if (this.#link) {
      return; // the next link failed; when this one ends too, it is tried anew
    }
    this.#halt();
    this.#setState("ended");
    this.emit("ended", { code, reason });
  }

  #halt() {
    Object.keys(this.#timers).forEach((name) => this.#later(name, null));
    const links = [this.#link, this.#next];
    this.#link = null;
    this.#next = null;
    links.forEach((link) => link?.drop());
  }

  /** While a session is open the state stays so, whatever becomes of the next link. */
  #setState(wished) {
    const state = this.#link ? "open" : wished;
    if (this.#state !== state) {
      this.#state = state;
      this.emit("state", state);
    }
  }

  /** Sets, moves or, with a null delay, takes away the one timer of that name. */
  #later(name, ms, action) {
    clearTimeout(this.#timers[name]);
    delete this.#timers[name];
    if (ms !== null) {
      this.#timers[name] = setTimeout(action, ms);
    }
  }
}
