import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { piecesOf } from "../../main/resources/web/js/text/pieces.js";
import { preview } from "../../main/resources/web/js/text/preview.js";
import {
  recallSentence,
  sentenceOf,
  typingSentence,
} from "../../main/resources/web/js/text/sentences.js";
import { briefTime, dayName } from "../../main/resources/web/js/text/times.js";
import { usernameFor } from "../../main/resources/web/js/random.js";

const NAMES = { 1: "Ann", 2: "Bob", 3: "小明", 4: "Dan", 5: "Eve" };
const nameOf = (id) => NAMES[id];

describe("the pieces of a text", () => {
  const table = [
    ["hello", [], [{ text: "hello" }]],
    [
      "see https://a.example/x?y=1#z.",
      [],
      [{ text: "see " }, { link: "https://a.example/x?y=1#z" }, { text: "." }],
    ],
    ["(http://a.example/b)", [], [{ text: "(" }, { link: "http://a.example/b" }, { text: ")" }]],
    ["http://a.example/w_(x)", [], [{ link: "http://a.example/w_(x)" }]],
    [
      "看https://a.example/路径，好",
      [],
      [{ text: "看" }, { link: "https://a.example/路径" }, { text: "，好" }],
    ],
    ["javascript:alert(1) ftp://x", [], [{ text: "javascript:alert(1) ftp://x" }]],
    ["https:// and http://", [], [{ text: "https:// and http://" }]],
    ["<b>&amp;</b>", [], [{ text: "<b>&amp;</b>" }]],
    [
      "@Ann hi @Annabel!",
      ["Ann", "Annabel"],
      [{ mention: "@Ann" }, { text: " hi " }, { mention: "@Annabel" }, { text: "!" }],
    ],
    ["@小明你好", ["小明"], [{ mention: "@小明" }, { text: "你好" }]],
    ["@Bob", ["Ann"], [{ text: "@Bob" }]],
    ["", [], []],
  ];
  for (const [text, names, pieces] of table) {
    test(`of ${JSON.stringify(text)}`, () => assert.deepEqual(piecesOf(text, names), pieces));
  }
});

describe("system entries", () => {
  const table = [
    [{ kind: "group_created", actorId: "1" }, "Ann created the group"],
    [{ kind: "members_joined", actorId: "1", targetIds: ["2"] }, "Ann added Bob"],
    [{ kind: "members_joined", actorId: "1", targetIds: ["2", "9"] }, "Ann added Bob and you"],
    [
      { kind: "members_joined", actorId: "1", targetIds: ["2", "3", "4", "5"] },
      "Ann added Bob, 小明, Dan and one other",
    ],
    [{ kind: "members_joined", actorId: "2", targetIds: ["2"] }, "Bob joined the group"],
    [{ kind: "members_joined", actorId: "9", targetIds: ["9"] }, "You joined the group"],
    [{ kind: "member_left", actorId: "2" }, "Bob left the group"],
    [{ kind: "members_removed", actorId: "1", targetIds: ["2"] }, "Ann removed Bob"],
    [
      { kind: "role_changed", actorId: "1", targetIds: ["2"], role: "admin" },
      "Ann made Bob an admin",
    ],
    [{ kind: "owner_changed", actorId: "1", targetIds: ["2"] }, "Ann handed the group over to Bob"],
    [{ kind: "group_updated", actorId: "1", name: "Tea" }, "Ann renamed the group to “Tea”"],
    [{ kind: "group_updated", actorId: "1" }, "Ann changed the group’s settings"],
    [{ kind: "member_muted", actorId: "1", targetIds: ["9"], untilAt: 5 }, "Ann muted you"],
    [{ kind: "group_dissolved", actorId: "1" }, "Ann dissolved the group"],
    [{ kind: "of_a_later_version", actorId: "1" }, "Ann changed something in the group"],
  ];
  for (const [content, sentence] of table) {
    test(`say "${sentence}"`, () =>
      assert.equal(sentenceOf({ type: "system", content }, nameOf, "9"), sentence));
  }

  test("of a recall say who took back what", () => {
    assert.equal(
      recallSentence({ senderId: "1" }, undefined, nameOf, "9"),
      "Ann took back a message",
    );
    assert.equal(recallSentence({ senderId: "9" }, "9", nameOf, "9"), "You took back a message");
    assert.equal(
      recallSentence({ senderId: "9" }, "1", nameOf, "9"),
      "Ann took back a message of yours",
    );
    assert.equal(
      recallSentence({ senderId: "2" }, "9", nameOf, "9"),
      "You took back a message of Bob",
    );
  });
});

describe("other words", () => {
  test("tell who is typing", () => {
    assert.equal(typingSentence([], nameOf), "");
    assert.equal(typingSentence(["1"], nameOf), "Ann is typing…");
    assert.equal(typingSentence(["1", "2", "3"], nameOf), "Ann, Bob and 小明 are typing…");
  });

  test("give a conversation's last entry in one line", () => {
    const text = { type: "text", senderId: "1", content: { text: "two\nlines" } };
    assert.equal(preview(text, nameOf, "9"), "Ann: two lines");
    assert.equal(preview({ ...text, senderId: "9" }, nameOf, "9"), "You: two lines");
    assert.equal(
      preview({ type: "image", senderId: "1", content: {} }, nameOf, "9"),
      "Ann: [Picture]",
    );
    assert.equal(
      preview({ type: "recall", senderId: "1", content: { seq: 4 } }, nameOf, "9"),
      "Ann took back a message",
    );
  });

  test("call days by their names", () => {
    const now = new Date(2026, 10, 22, 0, 30).getTime();
    const table = [
      [new Date(2026, 10, 22, 0, 5), "Today"],
      [new Date(2026, 10, 21, 23, 55), "Yesterday"],
      [new Date(2026, 10, 16, 12), "Monday"],
      [new Date(2026, 10, 15, 12), "Nov 15"],
      [new Date(2025, 10, 15, 12), "Nov 15, 2025"],
    ];
    table.forEach(([at, name]) => assert.equal(dayName(at.getTime(), now), name));
    assert.equal(briefTime(new Date(2026, 10, 22, 0, 5).getTime(), now), "00:05");
    assert.equal(briefTime(new Date(2026, 10, 21, 23, 55).getTime(), now), "Yesterday");
  });

  test("make user names that the server takes", () => {
    for (const nickname of ["Ann", "小明", "José María", "🧧", "x".repeat(32), "A.B-C_d"]) {
      assert.match(usernameFor(nickname), /^[a-z0-9_.-]{3,32}$/);
    }
    assert.match(usernameFor("José"), /^jose-/);
    assert.notEqual(usernameFor("Ann"), usernameFor("Ann"));
  });
});
