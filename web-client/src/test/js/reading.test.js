import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Emitter } from "../../main/resources/web/js/emitter.js";
import { GroupReading } from "../../main/resources/web/js/model/group-reading.js";
import { JoinRequests, PAGE } from "../../main/resources/web/js/model/join-requests.js";
import { Members } from "../../main/resources/web/js/model/members.js";
import { Pins } from "../../main/resources/web/js/model/pins.js";
import { Quotes } from "../../main/resources/web/js/model/quotes.js";
import { RequestError } from "../../main/resources/web/js/net/request-error.js";
import { settle } from "./fakes.js";

const GROUP = "7";
const STALE_MS = 100;

let connection;
let conversations;
let asked;

beforeEach(() => {
  asked = [];
  const request = (op, data) =>
    new Promise((resolve, reject) => asked.push({ op, data, resolve, reject }));
  connection = Object.assign(new Emitter(), { request });
  conversations = Object.assign(new Emitter(), { get: () => ({ role: "owner" }) });
});

const hear = (type, content, seq = 50) =>
  connection.emit("event:message", { groupId: GROUP, seq, type, content });
const people = { add: () => {}, name: (userId) => userId };

async function answer(at, data) {
  asked.at(at).resolve(data);
  await settle(3);
}

describe("what is read of a group", () => {
  let reading;

  const put = (what) => reading.change((value) => [...value.filter((each) => each !== what), what]);

  beforeEach(() => {
    reading = new GroupReading(connection, conversations, {
      read: (groupId) => connection.request("read", groupId),
      none: [],
      staleMs: STALE_MS,
    });
  });

  test("is there once it was read", async () => {
    reading.show(GROUP);
    assert.deepEqual([reading.value, reading.loaded], [[], false]);
    await answer(0, ["a"]);
    assert.deepEqual([reading.value, reading.loaded], [["a"], true]);
  });

  test("has the changes that came while it was read", async () => {
    reading.show(GROUP);
    put("x");
    await answer(0, ["a"]);
    assert.deepEqual(reading.value, ["a", "x"]);
    reading.reload();
    await answer(1, ["b"]);
    assert.deepEqual(reading.value, ["b"]);
  });

  test("is not the last group's", async () => {
    reading.show(GROUP);
    put("x");
    reading.show("8");
    await answer(0, ["a"]);
    assert.deepEqual(reading.value, []);
    await answer(1, ["b"]);
    assert.deepEqual(reading.value, ["b"]);
  });

  test("is not the last group's where that was turned to again", async () => {
    reading.show(GROUP);
    reading.show("8");
    reading.show(GROUP);
    await answer(2, ["new"]);
    await answer(0, ["old"]);
    assert.deepEqual(reading.value, ["new"]);
  });

  test("does not go back to an earlier reading", async () => {
    reading.show(GROUP);
    reading.reload();
    await answer(1, ["new"]);
    await answer(0, ["old"]);
    assert.deepEqual(reading.value, ["new"]);
  });

  test("says what kept it from being read, until it was", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    reading.show(GROUP);
    asked[0].reject(new RequestError("unavailable"));
    await settle(3);
    assert.deepEqual([reading.problem.code, reading.loaded], ["unavailable", false]);
    reading.reload();
    await answer(1, ["a"]);
    assert.deepEqual([reading.problem, reading.loaded], [null, true]);
    reading.reload();
    asked[2].reject(new RequestError("timeout"));
    await settle(3);
    assert.deepEqual([reading.problem.code, reading.value], ["timeout", ["a"]]);
  });

  test("is read again in a while where the server cannot just now, and only then", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    reading.show(GROUP);
    for (const [code, times] of [
      ["unavailable", 2],
      ["disconnected", 2],
      ["forbidden", 2],
    ]) {
      asked.at(-1).reject(new RequestError(code));
      await settle(3);
      t.mock.timers.tick(3_000);
      assert.equal(asked.length, times, code);
    }
  });

  test("is waited for by who cannot do without, or says what is wrong", async () => {
    reading.show(GROUP);
    const first = reading.first();
    asked.forEach(({ reject }) => reject(new RequestError("forbidden")));
    await assert.rejects(first, { code: "forbidden" });
    const second = reading.first();
    await answer(-1, ["a"]);
    await second;
    assert.deepEqual(reading.value, ["a"]);
    await reading.first();
    assert.equal(asked.length, 3);
  });

  test("is read anew when a session begins, and once where events are gone", (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    connection.emit("open");
    assert.equal(asked.length, 0);
    reading.show(GROUP);
    connection.emit("open");
    assert.equal(asked.length, 2);
    ["8", GROUP, GROUP].forEach((groupId) => conversations.emit("missed", groupId));
    assert.equal(asked.length, 2);
    t.mock.timers.tick(2 * STALE_MS);
    assert.equal(asked.length, 3);
  });
});

describe("what was missed", () => {
  for (const [what, make, op] of [
    ["members", () => new Members(connection, conversations, people), "group.members"],
    ["pins", () => new Pins(connection, conversations), "message.pinned"],
    ["requests", () => new JoinRequests(connection, conversations, people), "group.requests"],
  ]) {
    test(`has the ${what} read anew`, (t) => {
      t.mock.timers.enable({ apis: ["setTimeout"] });
      make().show(GROUP);
      conversations.emit("missed", GROUP);
      t.mock.timers.tick(1_000);
      assert.deepEqual(
        asked.map((each) => each.op),
        [op, op],
      );
    });
  }
});

describe("pins", () => {
  let pins;

  const pin = (seq) => ({ message: { seq, type: "text", content: { text: `t${seq}` } } });
  const texts = () => pins.list.map(({ message }) => message.content.text);

  beforeEach(() => {
    pins = new Pins(connection, conversations);
    pins.show(GROUP);
  });

  test("do not come back with an answer that is older than an unpin", async () => {
    hear("system", { kind: "message_unpinned", seq: 4 });
    hear("recall", { seq: 5 });
    hear("edit", { seq: 6, text: "better" });
    await answer(0, { pinned: [4, 5, 6, 7].map(pin) });
    assert.deepEqual(texts(), ["better", "t7"]);
  });

  test("are all read, however short the pages are", async () => {
    await answer(0, { pinned: [pin(9)], nextCursor: "next" });
    assert.equal(asked[1].data.cursor, "next");
    await answer(1, { pinned: [pin(8)] });
    assert.deepEqual(texts(), ["t9", "t8"]);
  });
});

describe("members", () => {
  test("do not come back with an answer that is older than their going", async () => {
    const members = new Members(connection, conversations, people);
    members.show(GROUP);
    hear("system", { kind: "member_left", actorId: "1" });
    await answer(0, { members: ["1", "2"].map((userId) => ({ userId })) });
    assert.deepEqual(
      members.list.map(({ userId }) => userId),
      ["2"],
    );
  });
});

describe("requests to join", () => {
  let requests;
  let waiting;

  /** Answers what was asked last, from all who wait. */
  async function read() {
    const { cursor = "0", limit } = asked.at(-1).data;
    const end = Number(cursor) + limit;
    const nextCursor = end < waiting.length ? String(end) : undefined;
    await answer(-1, { requests: waiting.slice(Number(cursor), end), nextCursor });
  }

  async function decide(requestId) {
    const decided = requests.decide(requestId, true);
    waiting = waiting.filter((each) => each.requestId !== requestId);
    await answer(-1, {});
    await decided;
  }

  beforeEach(async () => {
    waiting = Array.from({ length: 3 * PAGE }, (_, at) => ({ requestId: `r${at}`, user: {} }));
    requests = new JoinRequests(connection, conversations, people);
    requests.show(GROUP);
    await read();
  });

  test("are listed page by page", async () => {
    assert.equal(requests.countText, `${PAGE}+`);
    requests.more();
    await read();
    assert.equal(requests.countText, `${2 * PAGE}+`);
    requests.more();
    await read();
    assert.equal(requests.countText, String(3 * PAGE));
  });

  test("stay as many when they are read anew", async () => {
    requests.more();
    await read();
    await decide("r0");
    requests.reload();
    await read();
    assert.equal(requests.list.length, 2 * PAGE);
    assert.equal(requests.list[0].requestId, "r1");
  });

  test("are read on when all that were listed are decided", async () => {
    for (const { requestId } of requests.list) {
      await decide(requestId);
    }
    assert.equal(requests.list.length, 0);
    await read();
    assert.equal(requests.list[0].requestId, `r${PAGE}`);
    assert.equal(requests.countText, `${PAGE}+`);
  });

  test("do not come back with an answer that is older than the decision", async () => {
    requests.reload();
    const [reloading] = asked.slice(-1);
    const before = waiting.slice(0, PAGE);
    await decide("r0");
    reloading.resolve({ requests: before });
    await settle(3);
    assert.equal(requests.list[0].requestId, "r1");
  });
});

describe("quotes", () => {
  let quotes;
  let changes;

  const quoted = (text) => ({ messages: [{ seq: 3, type: "text", content: { text } }] });
  const shown = () => quotes.get(GROUP, 3)?.content.text;

  beforeEach(async () => {
    quotes = new Quotes(connection, conversations);
    shown();
    await answer(0, quoted("old"));
    changes = 0;
    quotes.on("change", () => changes++);
  });

  for (const [what, happens] of Object.entries({
    "a session began": () => connection.emit("open"),
    "events are gone": () => conversations.emit("missed", GROUP),
    "they were changed": () => hear("edit", { seq: 3, text: "new" }),
  })) {
    test(`are read anew after ${what}, and shown as they were until then`, async () => {
      shown();
      assert.equal(asked.length, 1);
      happens();
      assert.equal(changes, 1);
      assert.equal(shown(), "old");
      await answer(1, quoted("new"));
      assert.equal(shown(), "new");
      assert.equal(asked.length, 2);
      assert.equal(changes, 2);
    });
  }

  test("of other groups stay", () => {
    conversations.emit("missed", "8");
    shown();
    assert.equal(asked.length, 1);
  });

  test("are read again where one changed while it was read", async () => {
    connection.emit("open");
    shown();
    hear("recall", { seq: 3 });
    await answer(1, quoted("old"));
    shown();
    assert.equal(asked.length, 3);
  });
});
