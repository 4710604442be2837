import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Emitter } from "../../main/resources/web/js/emitter.js";
import { Outbox, OUTBOX_MAX, RESEND_WITHIN_MS } from "../../main/resources/web/js/model/outbox.js";
import { RequestError } from "../../main/resources/web/js/net/request-error.js";
import { Storage } from "../../main/resources/web/js/storage.js";
import { memoryStore, settle } from "./fakes.js";

/** Answers, or refuses, one request at a time as the test says. */
class FakeConnection extends Emitter {
  state = "open";
  asked = [];

  request(op, data) {
    return new Promise((resolve, reject) => this.asked.push({ op, data, resolve, reject }));
  }

  async answer(seq) {
    this.asked.at(-1).resolve({ messageId: `m${seq}`, seq, sentAt: seq });
    await settle(3);
  }

  async refuse(code, more) {
    this.asked.at(-1).reject(new RequestError(code, more));
    await settle(3);
  }
}

const text = (words) => ({ type: "text", content: { text: words } });

describe("the outbox", () => {
  let store;
  let connection;
  let outbox;
  const states = () => outbox.of("g").map(({ content, state }) => [content.text, state]);
  const sentKeys = () => connection.asked.map(({ data }) => data.clientMessageId);

  function reload() {
    connection = new FakeConnection();
    outbox = new Outbox(connection, new Storage(store));
    outbox.load("7");
  }

  beforeEach(() => {
    store = memoryStore();
    reload();
  });

  test("sends a message and says what became of it", async () => {
    const sent = [];
    outbox.on("sent", ({ seq }) => sent.push(seq));
    outbox.add("g", { ...text("one"), replyToSeq: 3, mentions: ["5"] });
    const { clientMessageId, ...message } = connection.asked[0].data;
    assert.match(clientMessageId, /^[A-Za-z0-9]{22}$/);
    assert.deepEqual(message, { groupId: "g", ...text("one"), replyToSeq: 3, mentions: ["5"] });
    assert.deepEqual(states(), [["one", "sending"]]);
    await connection.answer(4);
    assert.deepEqual(states(), [["one", "sent"]]);
    assert.deepEqual(sent, [4]);
    assert.deepEqual(Object.keys(store), []);
  });

  test("sends the messages of one group one after the other, those of groups at once", async () => {
    outbox.add("g", text("one"));
    outbox.add("g", text("two"));
    outbox.add("h", text("three"));
    assert.deepEqual(
      connection.asked.map(({ data }) => data.content.text),
      ["one", "three"],
    );
    connection.asked[0].resolve({ seq: 1 });
    await settle(3);
    assert.equal(connection.asked[2].data.content.text, "two");
  });

  test("sends again with the same key over the next connection", async () => {
    outbox.add("g", text("one"));
    connection.state = "waiting";
    await connection.refuse("disconnected");
    assert.equal(connection.asked.length, 1);
    connection.state = "open";
    connection.emit("open");
    assert.equal(connection.asked.length, 2);
    assert.equal(new Set(sentKeys()).size, 1);
  });

  test("sends again with the same key after a reload", async () => {
    outbox.add("g", text("one"));
    outbox.add("g", text("two"));
    const [key] = sentKeys();
    reload();
    assert.deepEqual(states(), [
      ["one", "sending"],
      ["two", "sending"],
    ]);
    connection.emit("open");
    assert.deepEqual(sentKeys(), [key]);
    await connection.answer(1);
    await connection.answer(2);
    assert.deepEqual(Object.keys(store), []);
  });

  for (const code of ["unavailable", "rate_limited", "timeout"]) {
    test(`tries again by itself after ${code}`, async (t) => {
      t.mock.timers.enable({ apis: ["setTimeout"] });
      outbox.add("g", text("one"));
      outbox.add("g", text("two"));
      await connection.refuse(code, { retryAfterMs: 400 });
      t.mock.timers.tick(399);
      assert.equal(connection.asked.length, 1);
      t.mock.timers.tick(1);
      assert.deepEqual(
        connection.asked.map(({ data }) => data.content.text),
        ["one", "one"],
      );
      assert.equal(new Set(sentKeys()).size, 1);
    });
  }

  test("leaves a refused message to the person and goes on with the next", async () => {
    outbox.add("g", text("one"));
    outbox.add("g", text("two"));
    await connection.refuse("muted", { message: "You are muted.", retryAfterMs: 60_000 });
    assert.deepEqual(states(), [
      ["one", "failed"],
      ["two", "sending"],
    ]);
    assert.equal(outbox.of("g")[0].problem, "You are muted.");
    await connection.answer(1);
    outbox.retry(outbox.of("g")[0].clientMessageId);
    await connection.answer(2);
    assert.deepEqual(states(), [
      ["one", "sent"],
      ["two", "sent"],
    ]);
  });

  test("forgets what the person gives up", async () => {
    outbox.add("g", text("one"));
    await connection.refuse("forbidden");
    outbox.discard(outbox.of("g")[0].clientMessageId);
    assert.deepEqual(states(), []);
    assert.deepEqual(Object.keys(store), []);
  });

  test("does not repeat what the server may have forgotten", (t) => {
    t.mock.timers.enable({ apis: ["Date"], now: 1_000 });
    connection.state = "waiting";
    outbox.add("g", text("one"));
    reload();
    t.mock.timers.tick(RESEND_WITHIN_MS + 1);
    connection.emit("open");
    assert.deepEqual(states(), [["one", "failed"]]);
    assert.equal(connection.asked.length, 0);
  });

  test("refuses more than it can keep", () => {
    for (let n = 0; n < OUTBOX_MAX; n++) {
      assert.equal(outbox.add("g", text(`${n}`)), true);
    }
    assert.equal(outbox.add("g", text("one more")), false);
    assert.equal(states().length, OUTBOX_MAX);
  });

  test("is the signed-in user's alone", () => {
    outbox.add("g", text("one"));
    outbox.unload();
    outbox.load("8");
    assert.deepEqual(states(), []);
    outbox.load("7");
    assert.deepEqual(states(), [["one", "sending"]]);
  });

  test("works where the browser keeps nothing", async () => {
    outbox = new Outbox(connection, new Storage(null));
    outbox.load("7");
    outbox.add("g", text("one"));
    await connection.answer(1);
    assert.deepEqual(states(), [["one", "sent"]]);
  });
});
