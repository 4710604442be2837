import { Emitter } from "../emitter.js";
import { Connection, SUBPROTOCOL } from "../net/connection.js";
import { RequestError } from "../net/request-error.js";
import { randomText } from "../random.js";
import { Account } from "./account.js";
import { Asked } from "./asked.js";
import { Conversations } from "./conversations.js";
import { Departures } from "./departures.js";
import { FaceRoom } from "./face-room.js";
import { JoinRequests } from "./join-requests.js";
import { Logs } from "./logs.js";
import { Media } from "./media.js";
import { Members } from "./members.js";
import { Outbox } from "./outbox.js";
import { Packets } from "./packets.js";
import { Payments } from "./payments.js";
import { People } from "./people.js";
import { Pins } from "./pins.js";
import { Quotes } from "./quotes.js";
import { ReadMarks } from "./read-marks.js";
import { Speaking } from "./speaking.js";
import { Transfer } from "./transfer.js";
import { Typing } from "./typing.js";
import { Uploads } from "./uploads.js";
import { Wallet } from "./wallet.js";

/** A token is renewed this long before it runs out, or halfway where it lives shorter. */
const RENEW_BEFORE_MS = 3_600_000;
/** How long somebody waits for a connection before being told that there is none. */
const PATIENCE_MS = 15_000;
/** How often a request is made at most while it fails in passing. */
const TRIES_MAX = 3;
/** How long to wait before the next, where the server does not say. */
const RETRY_MS = 1_000;

const TIMER_MAX_MS = 2 ** 31 - 1;
const MEBIBYTE = 1 << 20;

/**
 * Everything the page knows and can do, without the page: the connection and the parts that live on
 * its events. Emits `account` when somebody signed in or out, and `ended` with `{code, reason}`.
 */
export class Client extends Emitter {
  /** Whom this page works for; another tab may have signed in somebody else since. */
  startedAs = undefined;

  limits = {
    textCharacters: 5_000,
    imageBytes: 20 * MEBIBYTE,
    audioBytes: 20 * MEBIBYTE,
    videoBytes: 200 * MEBIBYTE,
    fileBytes: 200 * MEBIBYTE,
  };
  #features = [];
  #ways;
  #clockOffsetMs = 0;
  #renewTimer = null;

  /**
   * @param connect makes a WebSocket that speaks the given subprotocol
   * @param digest,put how files are read and brought to the media store, as Transfer needs it
   * @param cover makes a picture of a video, as Uploads needs it
   */
  constructor({ storage, connect, digest, put, cover }) {
    super();
    const deviceId = deviceOf(storage);
    this.account = new Account(storage);
    this.connection = new Connection({
      connect: () => connect(SUBPROTOCOL),
      credentials: () => ({ token: this.account.current?.token, deviceId, platform: "web" }),
      renew: () => this.account.renew(),
    });
    this.people = new People(this.connection);
    this.conversations = new Conversations(this.connection, () => this.me);
    this.logs = new Logs(this.connection, this.conversations, () => this.me);
    this.members = new Members(this.connection, this.conversations, this.people);
    this.quotes = new Quotes(this.connection, this.conversations);
    this.outbox = new Outbox(this.connection, storage);
    this.media = new Media({
      request: (op, data) => this.request(op, data),
      now: () => this.serverNow,
    });
    this.#ways = { request: (...asked) => this.connection.request(...asked), digest, put, cover };
    this.uploads = new Uploads(this.#ways, {
      connection: this.connection,
      outbox: this.outbox,
      media: this.media,
      limits: () => this.limits,
    });
    this.readMarks = new ReadMarks(this.connection, this.conversations);
    this.typing = new Typing(this.connection);
    this.pins = new Pins(this.connection, this.conversations);
    this.joinRequests = new JoinRequests(this.connection, this.conversations, this.people);
    this.departures = new Departures(this.connection, this.conversations);
    this.asked = new Asked(this.conversations, storage);
    this.speaking = new Speaking(this);
    this.faceRoom = new FaceRoom(this.connection, this.people, {
      request: (op, data) => this.request(op, data),
      now: () => this.serverNow,
    });
    this.packets = new Packets(this.connection, {
      me: () => this.me,
      now: () => this.serverNow,
    });
    this.wallet = new Wallet(this.connection);
    this.payments = new Payments(this.connection, storage);
    this.connection.on("open", (session) => this.#opened(session));
    this.connection.on("ended", (reason) => this.emit("ended", reason));
    this.outbox.on("sent", ({ groupId, seq }) => this.logs.get(groupId)?.announce(seq));
    this.payments.on("done", ({ item, reply }) => {
      this.logs.get(item.data.groupId)?.announce(reply.seq);
      this.wallet.refresh();
    });
  }

  /** Whether the server has this, by a word of the protocol's list of features. */
  has(feature) {
    return this.#features.includes(feature);
  }

  /** The user's id, or undefined while nobody is signed in. */
  get me() {
    return this.account.current?.userId;
  }

  /** The server's time, as near as it is known. */
  get serverNow() {
    return Date.now() + this.#clockOffsetMs;
  }

  /**
   * A request that somebody waits for: it waits for a connection where there is none just now, and is
   * repeated where the connection was lost over it or the server could not do it just then. Every
   * request may be repeated: it has a key of its own or changes nothing the second time. It is nobody
   * else's who signs in meanwhile.
   */
  async request(op, data) {
    const { me } = this;
    for (let tries = 1; ; tries++) {
      await this.connection.opened(PATIENCE_MS);
      if (this.me !== me) {
        throw new RequestError("disconnected");
      }
      try {
        return await this.connection.request(op, data);
      } catch (error) {
        if (tries === TRIES_MAX || !["disconnected", "unavailable"].includes(error.code)) {
          throw error;
        }
        if (error.code === "unavailable") {
          await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs ?? RETRY_MS));
        }
      }
    }
  }

  /** Brings a picture for a person or a group to the store; resolves with its media id. */
  async uploadAvatar(file) {
    await this.connection.opened(PATIENCE_MS);
    return new Transfer(this.#ways, file, "avatar").attempt(new AbortController().signal);
  }

  /** Connects as whoever is signed in, or shows that nobody is. */
  start() {
    this.startedAs = this.me;
    if (this.me) {
      this.outbox.load(this.me);
      this.asked.load(this.me);
      this.payments.load(this.me);
      this.connection.start();
    }
    this.emit("account");
  }

  async signUp(nickname) {
    await this.account.signUp(nickname);
    this.start();
  }

  async logIn(username, password) {
    await this.account.logIn(username, password);
    this.start();
  }

  /** Forgets who was signed in, here and in this browser. */
  logOut() {
    this.account.forget();
    this.stop();
    this.emit("account");
  }

  stop() {
    this.faceRoom.leave();
    this.connection.stop();
    clearTimeout(this.#renewTimer);
    this.uploads.clear();
    this.media.clear();
    this.outbox.unload();
    this.asked.unload();
    this.payments.unload();
    this.packets.clear();
    this.wallet.clear();
    this.readMarks.clear();
    this.lookAt(null);
    this.speaking.clear();
    this.logs.clear();
    this.conversations.clear();
  }

  /** Turns to a group, or to none: what is kept of one group only is kept of that one. */
  lookAt(groupId) {
    this.members.show(groupId);
    this.pins.show(groupId);
    this.joinRequests.show(groupId);
    this.speaking.show(groupId);
  }

  #opened({ user, serverAt, expiresAt, limits, features }) {
    this.#features = features;
    this.#clockOffsetMs = serverAt - Date.now();
    this.limits = { ...this.limits, ...limits };
    this.account.update(user);
    this.#renewBefore(expiresAt);
  }

  #renewBefore(expiresAt) {
    const leftMs = expiresAt - this.serverNow;
    const inMs = Math.min(TIMER_MAX_MS, Math.max(leftMs / 2, leftMs - RENEW_BEFORE_MS));
    clearTimeout(this.#renewTimer);
    this.#renewTimer = setTimeout(
      async () => {
        try {
          if (await this.account.renew()) {
            const session = await this.request("session.refresh", {
              token: this.account.current.token,
            });
            this.#renewBefore(session.expiresAt);
          }
        } catch {
          // the server closes with 4002 when the time is up, and then it is tried again
        }
      },
      Math.max(1_000, inMs),
    );
  }
}

/** One id for each page that is open, so that two tabs do not take each other's session. */
function deviceOf(storage) {
  const browser = storage.get("hongbao.browser") ?? randomText(12);
  storage.set("hongbao.browser", browser);
  return `web-${browser}-${randomText(6)}`;
}
