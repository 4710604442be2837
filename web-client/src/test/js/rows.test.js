import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { rowsOf, TOGETHER_MS } from "../../main/resources/web/js/view/rows.js";

const NOON = new Date(2026, 10, 22, 12).getTime();
const DAY = 86_400_000;
const text = (seq, senderId = "2", sentAt = NOON, more = {}) => ({
  seq,
  senderId,
  sentAt,
  type: "text",
  content: { text: "x" },
  ...more,
});
const item = (clientMessageId) => ({
  clientMessageId,
  type: "text",
  createdAt: NOON,
  state: "sending",
});
const shown = (given) =>
  rowsOf({ entries: [], pending: [], readSeq: null, me: "1", ...given }).map(
    ({ kind, key, first }) =>
      kind === "message" || kind === "pending" ? `${key}${first ? "*" : ""}` : kind,
  );

describe("the rows of a chat", () => {
  test("begin a new day with a separator", () => {
    assert.deepEqual(shown({ entries: [text(1), text(2, "2", NOON + DAY)] }), [
      "day",
      "1*",
      "day",
      "2*",
    ]);
  });

  test("put messages of one sender under one name", () => {
    const entries = [text(1), text(2), text(3, "3"), text(4), text(5, "2", NOON + TOGETHER_MS)];
    assert.deepEqual(shown({ entries }), ["day", "1*", "2", "3*", "4*", "5*"]);
  });

  test("name a sender again after a system entry or a recalled one", () => {
    const system = { seq: 2, senderId: "2", sentAt: NOON, type: "system", content: {} };
    const entries = [text(1), system, text(3), text(4, "2", NOON, { recalledAt: NOON }), text(5)];
    assert.deepEqual(shown({ entries }), ["day", "1*", "2", "3*", "4", "5*"]);
  });

  test("show no row for a recall", () => {
    const recall = { seq: 2, senderId: "2", sentAt: NOON, type: "recall", content: { seq: 1 } };
    assert.deepEqual(shown({ entries: [text(1), recall] }), ["day", "1*"]);
  });

  test("show no row for an edit or a reaction, and no gap", () => {
    const silent = (seq, type) => ({ seq, senderId: "3", sentAt: NOON, type, content: { seq: 1 } });
    const entries = [text(1), silent(2, "edit"), silent(3, "reaction"), text(4)];
    assert.deepEqual(shown({ entries }), ["day", "1*", "4"]);
  });

  test("divide at the first entry that counts as unread", () => {
    const system = { seq: 2, senderId: "2", sentAt: NOON, type: "system", content: {} };
    assert.deepEqual(
      shown({ entries: [text(1), system, text(3, "1"), text(4), text(5)], readSeq: 1 }),
      ["day", "1*", "2", "3*", "divider", "4*", "5"],
    );
    assert.deepEqual(shown({ entries: [text(1)], readSeq: 1 }), ["day", "1*"]);
  });

  test("end with what is being sent", () => {
    const rows = shown({ entries: [text(1), text(2, "1")], pending: [item("k1"), item("k2")] });
    assert.deepEqual(rows, ["day", "1*", "2*", "k1", "k2"]);
  });

  test("give each row a key of its own", () => {
    const entries = Array.from({ length: 20 }, (_, at) => text(at + 1, "2", NOON + at * DAY));
    const keys = rowsOf({ entries, pending: [item("k")], readSeq: 3, me: "1" }).map(
      ({ key }) => key,
    );
    assert.equal(new Set(keys).size, keys.length);
  });
});
