import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { Emitter } from "../../main/resources/web/js/emitter.js";
import { Payments, REPEAT_WITHIN_MS } from "../../main/resources/web/js/model/payments.js";
import { RequestError } from "../../main/resources/web/js/net/request-error.js";
import { Storage } from "../../main/resources/web/js/storage.js";
import { Clients } from "./fake/clients.js";
import { memoryStore, settle, until } from "./fakes.js";

const PACKET = { kind: "lucky", totalFen: 300, count: 3 };

describe("a payment", () => {
  let asked;
  let connection;
  let storage;
  let payments;
  let told;

  const paymentsOf = (userId) => {
    const made = new Payments(connection, storage);
    made.load(userId);
    made.on("done", ({ item, reply }) => told.push(["done", item.key, reply]));
    made.on("failed", ({ item, error }) => told.push(["failed", item.key, error.code]));
    return made;
  };

  beforeEach(() => {
    asked = [];
    told = [];
    storage = new Storage(memoryStore());
    const request = (op, data) =>
      new Promise((resolve, reject) => asked.push({ op, data, resolve, reject }));
    connection = Object.assign(new Emitter(), { request, state: "open" });
    payments = paymentsOf("1");
  });

  afterEach(() => payments.unload());

  const pay = () => payments.pay("redpacket.send", { groupId: "7", ...PACKET });
  const fail = async (code, more) => {
    asked.at(-1).reject(new RequestError(code, more));
    await settle(3);
  };
  const kept = () => storage.keys("hongbao.payments.").length;

  test("carries a key of its own and is kept until it is answered", async () => {
    const key = pay();
    assert.deepEqual(asked[0].data, { groupId: "7", ...PACKET, clientPacketId: key });
    assert.equal(kept(), 1);
    asked[0].resolve({ seq: 5 });
    await settle(3);
    assert.deepEqual(told, [["done", key, { seq: 5 }]]);
    assert.equal(kept(), 0);
  });

  for (const code of ["disconnected", "timeout", "unavailable", "internal"]) {
    test(`is repeated with its key after ${code}`, async () => {
      const key = pay();
      await fail(code, { retryAfterMs: 10 });
      await until(() => asked.length === 2);
      assert.equal(asked[1].data.clientPacketId, key);
      assert.deepEqual(told, []);
    });
  }

  for (const code of ["insufficient_funds", "muted", "invalid_argument", "rate_limited"]) {
    test(`is over where it is refused with ${code}`, async () => {
      const key = pay();
      await fail(code, { retryAfterMs: 1 });
      assert.deepEqual(told, [["failed", key, code]]);
      assert.equal(kept(), 0);
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(asked.length, 1);
    });
  }

  test("is not over by “too often” where an earlier answer was lost", async () => {
    pay();
    await fail("timeout", { retryAfterMs: 1 });
    await until(() => asked.length === 2);
    await fail("rate_limited", { retryAfterMs: 1 });
    await until(() => asked.length === 3);
    assert.deepEqual(told, []);
  });

  test("is refused by slow mode, which asks for longer, whatever was lost before", async () => {
    const key = pay();
    await fail("timeout", { retryAfterMs: 1 });
    await until(() => asked.length === 2);
    await fail("rate_limited", { retryAfterMs: 60_000 });
    assert.deepEqual(told, [["failed", key, "rate_limited"]]);
  });

  test("goes on after a reload, with the same key", async () => {
    const key = pay();
    payments.unload();
    payments = paymentsOf("1");
    connection.emit("open");
    assert.deepEqual(
      asked.map(({ data }) => data.clientPacketId),
      [key, key],
    );
    asked[1].resolve({ seq: 5 });
    await settle(3);
    assert.deepEqual(told, [["done", key, { seq: 5 }]]);
  });

  test("is another user's business", () => {
    pay();
    payments.unload();
    payments = paymentsOf("2");
    connection.emit("open");
    assert.equal(asked.length, 1);
  });

  test("is given up before the server forgets its key", async () => {
    const key = pay();
    const [name] = storage.keys("hongbao.payments.");
    payments.unload();
    storage.set(name, { ...storage.get(name), createdAt: Date.now() - REPEAT_WITHIN_MS - 1 });
    payments = paymentsOf("1");
    connection.emit("open");
    assert.equal(asked.length, 1);
    assert.deepEqual(told, [["failed", key, "too_late"]]);
  });

  test("waits for a connection, and can be taken back until it was sent", async () => {
    connection.state = "waiting";
    payments.leave(pay());
    const key = pay();
    connection.state = "open";
    connection.emit("open");
    assert.deepEqual(
      asked.map(({ data }) => data.clientPacketId),
      [key],
    );
    payments.leave(key);
    asked[0].resolve({ seq: 5 });
    await settle(3);
    assert.deepEqual(told, [["done", key, { seq: 5 }]]);
  });

  test("is not sent beside itself by a second connection", async () => {
    pay();
    connection.emit("open");
    assert.equal(asked.length, 1);
    await fail("disconnected");
    connection.emit("open");
    assert.equal(asked.length, 2);
  });
});

describe("a packet that is sent over a bad connection", () => {
  let clients;

  beforeEach(() => (clients = new Clients()));

  afterEach(() => clients.stop());

  test("is paid once", async () => {
    const ann = await clients.client("ann");
    const groupId = await clients.together(ann);
    await ann.request("wallet.topup", { amountFen: 1_000, clientTransferId: "t" });
    await ann.wallet.refresh();
    let lost = 0;
    clients.server.faults.reply = (op) => op !== "redpacket.send" || lost++ >= 2;
    let done = 0;
    ann.payments.on("done", () => done++);
    ann.payments.pay("redpacket.send", { groupId, ...PACKET });
    for (let cut = 1; cut <= 2; cut++) {
      await until(() => lost === cut);
      await clients.reconnect();
    }
    await until(() => done === 1);
    const { log } = clients.server.world.group(groupId);
    assert.equal(log.filter(({ type }) => type === "redpacket").length, 1);
    await until(() => ann.wallet.balanceFen === 700);
  });
});
