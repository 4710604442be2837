import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Emitter } from "../../main/resources/web/js/emitter.js";
import { Conversations } from "../../main/resources/web/js/model/conversations.js";
import { RequestError } from "../../main/resources/web/js/net/request-error.js";
import { settle } from "./fakes.js";

const ME = "1";

class FakeConnection extends Emitter {
  asked = [];

  request(op, data) {
    return new Promise((resolve, reject) => this.asked.push({ op, data, resolve, reject }));
  }
}

describe("the conversations", () => {
  let connection;
  let conversations;

  const conversation = (groupId, more = {}) => ({
    group: { groupId, name: `group ${groupId}`, memberCount: 2 },
    role: "member",
    lastSeq: 10,
    readSeq: 10,
    unread: 0,
    unreadText: "",
    mentioned: false,
    pinned: false,
    doNotDisturb: false,
    ...more,
  });
  const text = (seq, groupId = "g", more = {}) => ({
    groupId,
    seq,
    senderId: "2",
    type: "text",
    content: { text: `t${seq}` },
    ...more,
  });
  const order = () => conversations.list().map(({ group }) => group.groupId);
  const hear = (event, data) => connection.emit(`event:${event}`, data);

  async function answer(...list) {
    connection.asked.at(-1).resolve({ conversations: list });
    await settle(3);
  }

  async function open(...list) {
    connection.emit("open");
    await answer(...list);
  }

  beforeEach(() => {
    connection = new FakeConnection();
    conversations = new Conversations(connection, () => ME);
  });

  test("are read page by page when a session opens", async () => {
    connection.emit("open");
    connection.asked[0].resolve({ conversations: [conversation("a")], nextCursor: "next" });
    await settle(3);
    assert.equal(connection.asked[1].data.cursor, "next");
    assert.equal(conversations.loaded, false);
    await answer(conversation("b"));
    assert.deepEqual(order(), ["a", "b"]);
    assert.equal(conversations.loaded, true);
  });

  test("count each live entry once", async () => {
    await open(conversation("g"));
    [text(11), text(11), text(10), text(12)].forEach((message) => hear("message", message));
    assert.equal(conversations.get("g").unread, 2);
    assert.equal(conversations.get("g").unreadText, "2");
    assert.equal(conversations.get("g").lastMessage.seq, 12);
  });

  test("put the newest activity first, and pinned ones ahead", async () => {
    await open(conversation("p", { pinned: true }), conversation("a"), conversation("b"));
    hear("message", text(11, "b"));
    assert.deepEqual(order(), ["p", "b", "a"]);
  });

  test("keep what came while the list was read", async () => {
    await open(conversation("g"));
    conversations.refresh();
    hear("message", text(11));
    hear("conversation", { conversation: conversation("new") });
    hear("read", { groupId: "h", readSeq: 10, unread: 0 });
    await answer(conversation("g"), conversation("h", { readSeq: 5, unread: 5 }));
    assert.equal(conversations.get("g").unread, 1);
    assert.ok(conversations.get("new"));
    assert.equal(conversations.get("h").unread, 0);
  });

  test("do not take back what came while the list was read", async () => {
    await open(conversation("g"), conversation("h"));
    conversations.refresh();
    hear("conversation", { groupId: "h", removed: true });
    await answer(conversation("g"), conversation("h"));
    assert.deepEqual(order(), ["g"]);
  });

  test("are read again where a session begins while they are read over the last one", async () => {
    await open(conversation("a"));
    conversations.refresh().catch(() => {});
    connection.emit("open");
    assert.equal(connection.asked.length, 2);
    connection.asked.at(-1).reject(new RequestError("disconnected"));
    await settle(3);
    await answer(conversation("b"));
    assert.deepEqual(order(), ["b"]);
  });

  test("are read again in a while where the server cannot just now", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    connection.emit("open");
    connection.asked[0].reject(new RequestError("unavailable"));
    await settle(3);
    t.mock.timers.tick(2_000);
    await answer(conversation("a"));
    assert.deepEqual(order(), ["a"]);
  });

  test("tell of groups of which events are gone", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    await open(conversation("g"), conversation("h"));
    const missed = [];
    conversations.on("missed", (groupId) => missed.push(groupId));
    hear("message", text(11, "g"));
    hear("message", text(12, "h"));
    hear("resync", { groupId: "g", lastSeq: 11 });
    assert.deepEqual(missed, ["h", "g"]);
    t.mock.timers.tick(2_000);
    assert.equal(connection.asked.length, 2);
  });

  const unclear = {
    "a hole": () => hear("message", text(13)),
    "an unknown group": () => hear("message", text(11, "unknown")),
    "a recall of what the server counted": () =>
      hear("message", { ...text(11), type: "recall", content: { seq: 9 } }),
    "a role that changed": () =>
      hear("message", { ...text(11), type: "system", content: { kind: "role_changed" } }),
  };
  for (const [what, happens] of Object.entries(unclear)) {
    test(`are read anew after ${what}`, async (t) => {
      t.mock.timers.enable({ apis: ["setTimeout"] });
      await open(conversation("g", { readSeq: 5, unread: 4 }));
      happens();
      happens();
      t.mock.timers.tick(2_000);
      assert.equal(connection.asked.length, 2);
    });
  }

  test("are not read anew after what events tell", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    await open(conversation("g"));
    const joined = { kind: "members_joined", actorId: "2", targetIds: ["3", "4"] };
    hear("message", { ...text(11), type: "system", content: joined });
    hear("message", text(12));
    hear("message", { ...text(13), type: "recall", content: { seq: 12 } });
    t.mock.timers.tick(2_000);
    assert.equal(connection.asked.length, 1);
    assert.equal(conversations.get("g").group.memberCount, 4);
    assert.equal(conversations.get("g").unread, 0);
    assert.equal(conversations.get("g").lastMessage.type, "recall");
  });

  test("sum up what may disturb", async () => {
    await open(
      conversation("a", { unread: 2 }),
      conversation("b", { unread: 3, doNotDisturb: true }),
      conversation("c", { unread: 100 }),
    );
    assert.equal(conversations.totalUnread, 102);
  });

  test("wait for one that was just made", async () => {
    await open();
    conversations.refresh(); // its answer may be older than the group
    let known = false;
    conversations.expect("new").then(() => (known = true));
    await answer();
    assert.equal(known, false);
    await answer(conversation("new"));
    assert.equal(known, true);
  });
});
