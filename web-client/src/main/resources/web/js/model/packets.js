import { Emitter } from "../emitter.js";
import { PagedItems } from "./paged-items.js";

/** Packets held at most; beyond, all are forgotten and asked for again as needed. */
const PACKETS_MAX = 1_000;

/** Packets asked for at the same time. */
export const ASKING_MAX = 4;

const RETRY_MS = 2_000;
const TIMER_MAX_MS = 2 ** 31 - 1;

/**
 * The red packets that are in sight, as far as this user may know of them: `{packet, mine?}` as
 * redpacket.get has them. Who looks at one that is not known makes it be asked for. Emits `change`
 * with a packet id, or without where it may be any.
 */
export class Packets extends Emitter {
  #connection;
  #me;
  #now;
  #known = new Map();
  #stale = new Set();
  #wanted = new Set();
  #asking = new Set();
  #refused = new Set();
  #timer = null;

  /**
   * @param me gives the id of the user
   * @param now gives the server's time
   */
  constructor(connection, { me, now }) {
    super();
    this.#connection = connection;
    this.#me = me;
    this.#now = now;
    connection.on("event:redpacket", (event) => this.#hear(event));
    connection.on("event:wallet", ({ entry }) => {
      if (entry.kind === "redpacket_refund") {
        this.reload(entry.packetId);
      }
    });
    connection.on("open", () => this.#lookAgain());
  }

  /** What is known of a packet; undefined until the server has answered. */
  get(packetId) {
    if (!this.#known.has(packetId) || this.#stale.has(packetId)) {
      this.#want(packetId);
    }
    return this.#known.get(packetId);
  }

  /**
   * What a packet is to this user: `unknown`, `open` (to be had), `grabbed` (a place is theirs, not
   * opened), `opened`, `gone` (all places taken), `expired`.
   */
  stateOf(packetId) {
    const { packet, mine } = this.get(packetId) ?? {};
    if (!packet) {
      return "unknown";
    }
    if (mine?.openedAt) {
      return "opened";
    }
    if (!mine && packet.claimedCount >= packet.count) {
      return "gone";
    }
    if (this.#isOver(packet)) {
      return "expired";
    }
    return mine ? "grabbed" : "open";
  }

  /** Asks for a packet anew, if it was ever asked for. */
  reload(packetId) {
    if (this.#known.has(packetId)) {
      this.#stale.add(packetId);
      this.emit("change", packetId); // who still looks at it makes it be asked for
    }
  }

  /** Takes what an answer says of this user's own place. */
  claimed(packetId, claim) {
    const known = this.#known.get(packetId);
    if (known) {
      const mine = { userId: this.#me(), grabbedAt: this.#now(), ...known.mine, ...claim };
      this.#put({ ...known, mine });
    } else {
      this.#wanted.add(packetId); // an answer that is on its way may be older
      this.#askNext();
    }
  }

  /** Who took a place, in that order, and what they got. */
  claims(packetId) {
    return new PagedItems(async (page) => {
      const { packet, mine, claims, nextCursor } = await this.#connection.request("redpacket.get", {
        packetId,
        ...page,
      });
      this.#put({ packet, mine });
      return { items: claims, nextCursor, packet, mine };
    });
  }

  /**
   * The packets that this user sent, or opened, in a year.
   *
   * @param direction `sent` or `received`
   */
  records(direction, year) {
    return new PagedItems(async (page) => {
      const wish = { direction, year, ...page };
      const { records, ...rest } = await this.#connection.request("redpacket.records", wish);
      return { items: records, ...rest };
    });
  }

  clear() {
    clearTimeout(this.#timer);
    [this.#known, this.#stale, this.#wanted, this.#refused].forEach((each) => each.clear());
  }

  #hear({ packetId, status, claimedCount, openedCount, count }) {
    const known = this.#known.get(packetId);
    if (!known || openedCount < known.packet.openedCount) {
      return;
    }
    const { packet, mine } = known;
    this.#put({ mine, packet: { ...packet, status, claimedCount, openedCount } });
    const toMe = packet.senderId !== this.#me() && openedCount < count;
    if (toMe && !mine?.openedAt) {
      this.reload(packetId); // opened by this user on another device
    }
  }

  #isOver({ status, expiresAt, openedCount, count }) {
    return (
      ["expired", "refunded"].includes(status) || (openedCount < count && expiresAt <= this.#now())
    );
  }

  #lookAgain() {
    this.#refused.clear();
    this.#known.forEach(({ packet }, packetId) => {
      if (packet.status !== "refunded" && packet.openedCount < packet.count) {
        this.#stale.add(packetId);
      }
    });
    this.emit("change");
    this.#askNext();
  }

  #want(packetId) {
    if (!this.#asking.has(packetId) && !this.#refused.has(packetId)) {
      this.#wanted.add(packetId);
      this.#askNext();
    }
  }

  #askNext() {
    for (const packetId of this.#wanted) {
      if (this.#asking.size >= ASKING_MAX || this.#connection.state !== "open") {
        return;
      }
      this.#wanted.delete(packetId);
      this.#asking.add(packetId);
      this.#ask(packetId);
    }
  }

  async #ask(packetId) {
    try {
      const { packet, mine } = await this.#connection.request("redpacket.get", {
        packetId,
        limit: 1,
      });
      this.#put({ packet, mine });
    } catch (error) {
      if (error.passing && error.code !== "disconnected") {
        setTimeout(() => this.#want(packetId), error.retryAfterMs ?? RETRY_MS);
      } else if (error.code === "disconnected") {
        this.#wanted.add(packetId);
      } else {
        this.#refused.add(packetId); // until the next connection
      }
    }
    this.#asking.delete(packetId);
    this.#askNext();
  }

  #put({ packet, mine }) {
    const { packetId } = packet;
    if (this.#known.size >= PACKETS_MAX && !this.#known.has(packetId)) {
      this.#known.clear();
    }
    this.#known.set(packetId, newest(this.#known.get(packetId), { packet, mine }));
    this.#stale.delete(packetId);
    this.#watchTheTime();
    this.emit("change", packetId);
  }

  /** Something is told when the next packet's time is over. */
  #watchTheTime() {
    const living = [...this.#known.values()].filter(
      ({ packet }) => packet.openedCount < packet.count && !this.#isOver(packet),
    );
    const next = Math.min(...living.map(({ packet }) => packet.expiresAt));
    clearTimeout(this.#timer);
    if (next < Infinity) {
      const ms = Math.min(TIMER_MAX_MS, next - this.#now() + 1);
      this.#timer = setTimeout(() => this.emit("change"), ms);
    }
  }
}

/** Of what is held and what comes with an answer, which an event may have overtaken. */
function newest(held, { packet, mine }) {
  if (!held) {
    return { packet, mine };
  }
  const overtaken = held.packet.openedCount > packet.openedCount;
  return {
    packet: overtaken ? { ...packet, ...countsOf(held.packet) } : packet,
    mine: held.mine?.openedAt && !mine?.openedAt ? held.mine : mine,
  };
}

const countsOf = ({ status, claimedCount, openedCount }) => ({ status, claimedCount, openedCount });
