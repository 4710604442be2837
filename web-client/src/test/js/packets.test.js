import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { Emitter } from "../../main/resources/web/js/emitter.js";
import { Opening } from "../../main/resources/web/js/model/opening.js";
import { ASKING_MAX, Packets } from "../../main/resources/web/js/model/packets.js";
import { PagedItems } from "../../main/resources/web/js/model/paged-items.js";
import { Wallet } from "../../main/resources/web/js/model/wallet.js";
import { RequestError } from "../../main/resources/web/js/net/request-error.js";
import { Clients } from "./fake/clients.js";
import { expire } from "./fake/packet-ops.js";
import { settle, until } from "./fakes.js";

describe("a red packet in a group of three", () => {
  let clients;
  let [ann, bob, cid] = [];
  let groupId;

  beforeEach(async () => {
    clients = new Clients();
    [ann, bob, cid] = await Promise.all(["ann", "bob", "cid"].map((name) => clients.client(name)));
    groupId = await clients.together(ann, bob, cid);
    await ann.request("wallet.topup", { amountFen: 10_000, clientTransferId: "t" });
    await Promise.all(clients.all.map(({ wallet }) => wallet.refresh()));
  });

  afterEach(() => clients.stop());

  /** Sends a packet that everybody then has in sight; resolves with its id. */
  const send = async (wish) => {
    const data = {
      groupId,
      clientPacketId: "p",
      kind: "lucky",
      totalFen: 1_000,
      count: 2,
      ...wish,
    };
    const { packetId } = await ann.request("redpacket.send", data);
    clients.all.forEach(({ packets }) => packets.get(packetId));
    await until(() => clients.all.every(({ packets }) => packets.stateOf(packetId) === "open"));
    return packetId;
  };
  const open = async (client, packetId) => {
    const opening = new Opening(client.connection, client.packets, packetId);
    await until(() => opening.state !== "grabbing");
    opening.open();
    await until(() => opening.state !== "opening");
    opening.close();
    return opening;
  };
  const stateOf = ({ packets }, packetId) => packets.stateOf(packetId);

  test("is opened by two, and gone for the third, to the fen", async () => {
    const packetId = await send();
    const [first, second] = [await open(bob, packetId), await open(ann, packetId)];
    assert.equal(first.state, "opened");
    assert.equal(first.amountFen + second.amountFen, 1_000);
    assert.equal(stateOf(bob, packetId), "opened");
    await until(() => stateOf(cid, packetId) === "gone"); // by the event to the whole group
    assert.equal((await open(cid, packetId)).state, "gone");
    await until(() => bob.wallet.balanceFen === first.amountFen);
    await until(() => ann.wallet.balanceFen === 9_000 + second.amountFen);
    assert.equal(cid.wallet.balanceFen, 0);
  });

  test("shows its sender how many have opened it", async () => {
    const packetId = await send();
    await open(bob, packetId);
    await until(() => ann.packets.get(packetId).packet.openedCount === 1);
    assert.equal(stateOf(ann, packetId), "open");
  });

  test("is known to be opened on another device", async () => {
    const packetId = await send();
    await bob.request("redpacket.grab", { packetId });
    await bob.request("redpacket.open", { packetId });
    await until(() => stateOf(bob, packetId) === "opened");
  });

  test("is a place until it is opened", async () => {
    const packetId = await send();
    const opening = new Opening(bob.connection, bob.packets, packetId);
    await until(() => opening.state === "grabbed");
    opening.close();
    assert.equal(stateOf(bob, packetId), "grabbed");
    assert.equal((await open(bob, packetId)).state, "opened");
  });

  test("goes back when its time is over", async () => {
    const packetId = await send();
    await open(bob, packetId);
    expire(clients.server, packetId);
    await until(() => ann.packets.get(packetId).packet.status === "refunded");
    assert.equal(stateOf(ann, packetId), "expired");
    assert.equal(stateOf(bob, packetId), "opened");
    assert.equal((await open(cid, packetId)).state, "expired");
  });

  test("is over by the clock, whatever is told", async () => {
    const packetId = await send();
    let told = 0;
    cid.packets.on("change", () => told++);
    const packet = clients.server.world.data.money.packets[packetId];
    packet.expiresAt = Date.now() + 150;
    cid.packets.reload(packetId);
    await until(() => cid.packets.get(packetId).packet.expiresAt === packet.expiresAt);
    const before = told;
    await until(() => told > before);
    assert.equal(stateOf(cid, packetId), "expired");
  });

  test("is right again after a lost connection", async () => {
    const packetId = await send();
    clients.server.faults.event = () => false;
    await open(bob, packetId);
    await open(ann, packetId);
    clients.server.faults.event = () => true;
    assert.equal(stateOf(cid, packetId), "open");
    await clients.reconnect();
    await until(() => stateOf(cid, packetId) === "gone");
  });

  test("is opened once over any number of lost answers", async () => {
    const packetId = await send();
    const lost = new Set();
    clients.server.faults.reply = (op) =>
      !op.startsWith("redpacket.") || lost.has(op) || !lost.add(op);
    const opening = new Opening(bob.connection, bob.packets, packetId);
    await until(() => lost.has("redpacket.grab"));
    await clients.reconnect();
    await until(() => opening.state === "grabbed");
    opening.open();
    await until(() => lost.has("redpacket.open"));
    await clients.reconnect();
    await until(() => opening.state === "opened");
    opening.close();
    await until(() => bob.wallet.balanceFen === opening.amountFen);
  });

  test("for somebody else is refused", async () => {
    const packetId = await send({ kind: "exclusive", count: 1, recipientId: bob.me });
    const opening = await open(cid, packetId);
    assert.equal(opening.state, "refused");
    assert.equal(opening.error.code, "not_recipient");
  });

  test("is told of in details, page by page, and in the records of the year", async () => {
    const packetId = await send();
    const { amountFen } = await open(bob, packetId);
    const claims = cid.packets.claims(packetId);
    await claims.more();
    assert.equal(claims.items.length, 1);
    assert.equal(claims.items[0].amountFen, undefined); // not before one has opened
    await open(cid, packetId);
    await claims.refresh();
    assert.deepEqual(
      claims.items.map(({ userId }) => userId),
      [bob.me, cid.me],
    );
    assert.equal(claims.items[0].amountFen, amountFen);
    assert.equal(claims.items.filter(({ best }) => best).length, 1);
    assert.equal(claims.head.packet.openedFen, 1_000);

    const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
    const received = bob.packets.records("received", year);
    await received.more();
    assert.deepEqual([received.head.count, received.head.totalFen], [1, amountFen]);
    const sent = ann.packets.records("sent", year);
    await sent.more();
    assert.deepEqual([sent.head.count, sent.head.totalFen], [1, 1_000]);
  });
});

describe("red packets in sight", () => {
  let asked;
  let packets;

  beforeEach(() => {
    asked = [];
    const request = (op, data) =>
      new Promise((resolve, reject) => asked.push({ ...data, resolve, reject }));
    const connection = Object.assign(new Emitter(), { request, state: "open" });
    packets = new Packets(connection, { me: () => "1", now: () => Date.now() });
    packets.connection = connection;
  });

  afterEach(() => packets.clear());

  const packet = (packetId, more) => ({
    ...{ packetId, senderId: "2", count: 2, claimedCount: 0, openedCount: 0, status: "active" },
    expiresAt: Date.now() + 60_000,
    ...more,
  });

  test("are asked for once each, and a few at a time", async () => {
    for (let id = 0; id < 10; id++) {
      packets.get(String(id));
      packets.get(String(id));
    }
    assert.equal(asked.length, ASKING_MAX);
    for (let at = 0; at < 10; at++) {
      asked[at].resolve({ packet: packet(String(at)) });
      await settle(2);
    }
    assert.equal(asked.length, 10);
    assert.equal(packets.stateOf("9"), "open");
  });

  test("are not asked for again and again where that is refused", async () => {
    packets.get("5");
    asked[0].reject(new RequestError("not_found"));
    await settle(2);
    packets.get("5");
    assert.equal(asked.length, 1);
    packets.connection.emit("open");
    packets.get("5");
    assert.equal(asked.length, 2);
  });

  test("do not go back to an answer that an event has overtaken", async () => {
    packets.get("5");
    asked[0].resolve({ packet: packet("5") });
    await settle(2);
    packets.reload("5");
    packets.get("5");
    const event = { packetId: "5", status: "exhausted", claimedCount: 2, openedCount: 2, count: 2 };
    packets.connection.emit("event:redpacket", event);
    asked[1].resolve({ packet: packet("5", { claimedCount: 1, openedCount: 1 }) });
    await settle(2);
    assert.equal(packets.get("5").packet.openedCount, 2);
    assert.equal(packets.stateOf("5"), "gone");
  });

  test("stay opened though an older answer comes late", async () => {
    packets.get("5");
    packets.claimed("5", { amountFen: 3, openedAt: 1 });
    asked[0].resolve({ packet: packet("5") });
    await settle(2);
    assert.equal(asked.length, 2); // once more, for this one's answer
    asked[1].resolve({ packet: packet("5"), mine: { userId: "1", amountFen: 3, openedAt: 1 } });
    await settle(2);
    assert.equal(packets.stateOf("5"), "opened");
  });
});

describe("a balance", () => {
  let asked;
  let connection;
  let wallet;

  beforeEach(() => {
    asked = [];
    const request = () => new Promise((resolve) => asked.push(resolve));
    connection = Object.assign(new Emitter(), { request });
    wallet = new Wallet(connection);
  });

  test("does not go back to an answer that an event has overtaken", async () => {
    wallet.refresh();
    connection.emit("event:wallet", { balanceFen: 700 });
    asked[0]({ balanceFen: 1_000 });
    await settle(2);
    assert.equal(wallet.balanceFen, 700);
  });

  test("is asked for again by each connection, once somebody needed it", async () => {
    connection.emit("open");
    assert.equal(asked.length, 0);
    wallet.refresh();
    connection.emit("open");
    assert.equal(asked.length, 2);
  });
});

describe("taking a place in a packet", () => {
  test("goes on through a crowd", async () => {
    const answers = [
      () => Promise.reject(new RequestError("rate_limited", { retryAfterMs: 5 })),
      () => Promise.reject(new RequestError("rate_limited", { retryAfterMs: 5 })),
      () => Promise.resolve({ status: "empty" }),
    ];
    const request = () => answers.shift()();
    const connection = Object.assign(new Emitter(), { request, state: "open" });
    const opening = new Opening(connection, { claimed: () => {}, reload: () => {} }, "5");
    const states = [];
    opening.on("change", () => states.push(opening.state));
    await until(() => opening.state === "gone");
    assert.deepEqual(states, ["crowded", "gone"]);
    opening.close();
  });
});

describe("a list that comes in pages", () => {
  const ALL = Array.from({ length: 120 }, (_, at) => at);

  test("is read on, and read anew as far as it is held", async () => {
    let all = ALL;
    const pages = new PagedItems(async ({ cursor = 0, limit }) => {
      const next = cursor + limit;
      const nextCursor = next < all.length ? next : undefined;
      return { items: all.slice(cursor, next), nextCursor, total: all.length };
    });
    assert.equal(pages.hasMore, true);
    await pages.more();
    await pages.more();
    assert.equal(pages.items.length, 100);
    assert.equal(pages.hasMore, true);
    all = [-1, ...ALL];
    await Promise.all([pages.refresh(), pages.refresh()]);
    assert.deepEqual(pages.items, all.slice(0, 100));
    await pages.more();
    assert.deepEqual(pages.items, all);
    assert.equal(pages.hasMore, false);
    assert.equal(pages.head.total, 121);
  });

  test("reads on over pages without anything in them", async () => {
    const answers = [
      { items: [], nextCursor: "a" },
      { items: [1], nextCursor: "b" },
      { items: [], nextCursor: "c" },
      { items: [] },
    ];
    const pages = new PagedItems(async () => answers.shift());
    await pages.more();
    assert.deepEqual(pages.items, [1]);
    assert.equal(pages.hasMore, true);
    await pages.more();
    assert.equal(pages.hasMore, false);
  });

  test("is read anew, and not on, after it could not be read anew", async () => {
    const one = Promise.resolve({ items: [1] });
    const two = Promise.resolve({ items: [2, 1] });
    const answers = [one, Promise.reject(new RequestError("timeout")), two];
    const pages = new PagedItems(() => answers.shift());
    await pages.more();
    await pages.refresh();
    assert.equal(pages.problem.code, "timeout");
    assert.deepEqual(pages.items, [1]);
    await pages.more();
    assert.deepEqual(pages.items, [2, 1]);
    await pages.more(); // there is no more
    assert.deepEqual(pages.items, [2, 1]);
  });

  test("says what kept it from being read, and can be read again", async () => {
    const answers = [Promise.reject(new RequestError("timeout")), Promise.resolve({ items: [1] })];
    const pages = new PagedItems(() => answers.shift());
    await pages.more();
    assert.equal(pages.problem.code, "timeout");
    assert.equal(pages.loaded, false);
    await pages.more();
    assert.equal(pages.problem, null);
    assert.deepEqual(pages.items, [1]);
  });
});
