import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Unread, unreadText } from "../../main/resources/web/js/model/unread.js";

const ME = "1";
const text = (seq, senderId = "2", more = {}) => ({
  seq,
  senderId,
  type: "text",
  content: { text: "x" },
  ...more,
});
const conversation = (more = {}) => ({
  lastSeq: 10,
  readSeq: 7,
  unread: 3,
  mentioned: false,
  ...more,
});

describe("unread entries", () => {
  test("are what the server counted and what came live", () => {
    const unread = new Unread(conversation(), ME);
    unread.add(text(11));
    unread.add({ seq: 12, senderId: "2", type: "system", content: { kind: "members_joined" } });
    unread.add({ seq: 13, senderId: "2", type: "recall", content: { seq: 2 } });
    unread.add(text(14));
    assert.equal(unread.count, 5);
  });

  test("end with one's own message", () => {
    const unread = new Unread(conversation({ mentioned: true }), ME);
    unread.add(text(11, ME));
    assert.equal(unread.count, 0);
    assert.equal(unread.mentioned, false);
    assert.equal(unread.readSeq, 11);
  });

  test("are exact after a mark within what came live", () => {
    const unread = new Unread(conversation(), ME);
    [11, 12, 13].forEach((seq) => unread.add(text(seq)));
    assert.equal(unread.read(12, 99), true);
    assert.equal(unread.count, 1);
  });

  test("are the server's after a mark before that", () => {
    const unread = new Unread(conversation(), ME);
    assert.equal(unread.read(8, 2), true);
    assert.equal(unread.count, 2);
    unread.add(text(11));
    assert.equal(unread.read(9, 2), false, "whether 11 was counted is not known");
  });

  test("never come back by an older mark", () => {
    const unread = new Unread(conversation(), ME);
    unread.read(10, 0);
    unread.read(8, 2);
    assert.equal(unread.count, 0);
    assert.equal(unread.readSeq, 10);
  });

  test("leave out what is taken back", () => {
    const unread = new Unread(conversation(), ME);
    unread.add(text(11));
    assert.equal(unread.recall(11), true);
    assert.equal(unread.count, 3);
    assert.equal(unread.recall(5), true, "it was read");
    assert.equal(unread.recall(9), false, "the server counted it");
  });

  test("mention the user by id or as one of all", () => {
    for (const mentions of [[ME], ["3", "all"]]) {
      const unread = new Unread(conversation(), ME);
      unread.add(text(11, "2", { mentions }));
      assert.equal(unread.mentioned, true);
      unread.read(11, 0);
      assert.equal(unread.mentioned, false);
    }
    const other = new Unread(conversation(), ME);
    other.add(text(11, "2", { mentions: ["3"] }));
    assert.equal(other.mentioned, false);
  });

  test("are counted up to a hundred", () => {
    const unread = new Unread(conversation({ unread: 0, readSeq: 10 }), ME);
    for (let seq = 11; seq <= 500; seq++) {
      unread.add(text(seq));
    }
    assert.equal(unread.count, 100);
    unread.read(490, 100);
    assert.equal(unread.count, 10);
  });

  for (const [unread, shown] of [
    [0, ""],
    [1, "1"],
    [99, "99"],
    [100, "99+"],
  ]) {
    test(`${unread} are shown as "${shown}"`, () => assert.equal(unreadText(unread), shown));
  }
});
