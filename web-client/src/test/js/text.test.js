import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FOR_GOOD_AT } from "../../main/resources/web/js/model/roles.js";
import { auditDetails, auditSentence } from "../../main/resources/web/js/text/audit.js";
import { countdown, duration, timeLeft } from "../../main/resources/web/js/text/durations.js";
import { piecesOf } from "../../main/resources/web/js/text/pieces.js";
import { preview } from "../../main/resources/web/js/text/preview.js";
import {
  recallSentence,
  sentenceOf,
  typingSentence,
} from "../../main/resources/web/js/text/sentences.js";
import { briefTime, dayName, momentOf } from "../../main/resources/web/js/text/times.js";
import { usernameFor } from "../../main/resources/web/js/random.js";

const NAMES = { 1: "Ann", 2: "Bob", 3: "小明", 4: "Dan", 5: "Eve" };
const nameOf = (id) => NAMES[id];
const SENT_AT = new Date(2026, 10, 22, 12).getTime();

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
    [
      { kind: "role_changed", actorId: "1", targetIds: ["9"], role: "member" },
      "Ann took back the admin role of you",
    ],
    [{ kind: "group_updated", actorId: "1" }, "Ann changed the group’s settings"],
    [
      { kind: "group_updated", actorId: "1", avatarMediaId: "7" },
      "Ann changed the group’s picture",
    ],
    [
      { kind: "group_updated", actorId: "9", announcement: "Bring\ncups" },
      "You announced “Bring cups”",
    ],
    [{ kind: "group_updated", actorId: "1", announcement: "" }, "Ann took the announcement down"],
    [
      { kind: "group_updated", actorId: "1", rules: { postPolicy: "admins", slowModeMs: 30_000 } },
      "Ann let only admins write; turned on slow mode: one message every 30 seconds",
    ],
    [
      {
        kind: "group_updated",
        actorId: "1",
        rules: { joinPolicy: "approval", joinQuestion: "Why?" },
      },
      "Ann had new members wait for approval; set a question to who asks to join: “Why?”",
    ],
    [
      { kind: "group_updated", actorId: "1", rules: { of_a_later_version: 1 } },
      "Ann changed the group’s settings",
    ],
    [
      { kind: "member_muted", actorId: "1", targetIds: ["9"], untilAt: SENT_AT + 3_600_250 },
      "Ann muted you for 1 hour",
    ],
    [
      { kind: "member_muted", actorId: "1", targetIds: ["2"], untilAt: FOR_GOOD_AT },
      "Ann muted Bob",
    ],
    [
      { kind: "member_muted", actorId: "1", targetIds: ["2"], untilAt: 0 },
      "Ann lifted the mute of Bob",
    ],
    [{ kind: "message_pinned", actorId: "2", seq: 4 }, "Bob pinned a message"],
    [{ kind: "message_unpinned", actorId: "2", seq: 4 }, "Bob unpinned a message"],
    [{ kind: "redpacket_finished", actorId: "2" }, "Bob opened the last share of a red packet"],
    [{ kind: "group_dissolved", actorId: "1" }, "Ann dissolved the group"],
    [{ kind: "of_a_later_version", actorId: "1" }, "Ann changed something in the group"],
  ];
  for (const [content, sentence] of table) {
    test(`say "${sentence}"`, () =>
      assert.equal(
        sentenceOf({ type: "system", content, sentAt: SENT_AT }, nameOf, "9"),
        sentence,
      ));
  }

  test("of a recall say who took back what, as far as it is known", () => {
    const table = [
      ["1", "1", "Ann took back a message"],
      ["9", "9", "You took back a message"],
      ["9", "1", "Ann took back a message of yours"],
      ["2", "9", "You took back a message of Bob"],
      ["2", undefined, "A message of Bob was taken back"],
      ["9", undefined, "A message of yours was taken back"],
    ];
    for (const [senderId, by, sentence] of table) {
      assert.equal(recallSentence({ senderId }, by, nameOf, "9"), sentence);
    }
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
      preview({ type: "file", senderId: "1", content: { name: "tea.pdf" } }, nameOf, "9"),
      "Ann: [File] tea.pdf",
    );
    assert.equal(
      preview({ type: "recall", senderId: "1", content: { seq: 4 } }, nameOf, "9"),
      "Ann took back a message",
    );
    assert.equal(
      preview({ type: "text", senderId: "2", content: {}, recalledAt: SENT_AT }, nameOf, "9"),
      "A message of Bob was taken back",
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

describe("the audit", () => {
  const MIN = 60_000;
  const table = [
    [{ action: "members_joined", targetIds: ["1"] }, "Ann joined"],
    [{ action: "members_joined", targetIds: ["2"] }, "Ann added Bob"],
    [{ action: "members_removed", targetIds: ["2", "3"] }, "Ann removed Bob and 小明"],
    [{ action: "members_banned", targetIds: ["2"] }, "Ann banned Bob"],
    [{ action: "member_unbanned", targetIds: ["2"] }, "Ann lifted the ban of Bob"],
    [
      { action: "member_muted", targetIds: ["2"], after: { untilAt: SENT_AT + 5 * MIN } },
      "Ann muted Bob until 12:05",
    ],
    [
      { action: "member_muted", targetIds: ["2"], after: { untilAt: FOR_GOOD_AT } },
      "Ann muted Bob",
    ],
    [
      { action: "member_muted", targetIds: ["2"], after: { untilAt: 0 } },
      "Ann lifted the mute of Bob",
    ],
    [
      { action: "role_changed", targetIds: ["2"], after: { role: "admin" } },
      "Ann made Bob an admin",
    ],
    [{ action: "owner_changed", targetIds: ["2"] }, "Ann handed the group over to Bob"],
    [{ action: "request_accepted", targetIds: ["2"] }, "Ann accepted the request of Bob"],
    [{ action: "request_declined", targetIds: ["2"] }, "Ann declined the request of Bob"],
    [
      { action: "invite_code_made", after: { expiresAt: SENT_AT + 7 * 24 * 60 * MIN } },
      "Ann made an invitation link, valid for 7 days",
    ],
    [{ action: "group_updated", after: { name: "Tea" } }, "Ann renamed the group to “Tea”"],
    [{ action: "message_recalled", targetIds: ["2"] }, "Ann took back a message of Bob"],
    [{ action: "of_a_later_version" }, "Ann of a later version"],
  ];
  for (const [record, sentence] of table) {
    test(`says "${sentence}"`, () =>
      assert.equal(auditSentence({ actorId: "1", at: SENT_AT, ...record }, nameOf), sentence));
  }

  test("shows both versions of an edited text", () => {
    const [before, after] = ["old", "new"].map((text) => ({ seq: 3, content: { text } }));
    assert.equal(
      auditDetails({ action: "message_edited", before, after }),
      "Before: “old” After: “new”",
    );
    assert.equal(auditDetails({ action: "member_left" }), null);
  });
});

describe("times and how long they take", () => {
  const [S, M, H, D] = [1_000, 60_000, 3_600_000, 86_400_000];

  test("are said in the unit that fits", () => {
    const table = [
      [10 * S, "10 seconds"],
      [M, "1 minute"],
      [90 * S, "90 seconds"],
      [15 * M, "15 minutes"],
      [H, "1 hour"],
      [D, "1 day"],
      [30 * D, "30 days"],
      [10 * D + 5, "10 days"],
      [3 * H + 5 * M + 7, "3 hours"],
    ];
    table.forEach(([ms, words]) => assert.equal(duration(ms), words));
  });

  test("are said short where they run out", () => {
    const table = [
      [1, "1 s"],
      [59_001, "60 s"],
      [M, "1 min"],
      [M + 1, "2 min"],
      [H, "60 min"],
      [3 * H, "3 h"],
      [6 * D, "6 d"],
    ];
    table.forEach(([ms, words]) => assert.equal(timeLeft(ms), words));
    assert.equal(countdown(3 * M), "3:00");
    assert.equal(countdown(64_500), "1:05");
    assert.equal(countdown(0), "0:00");
  });

  test("name the day where it is not today", () => {
    const now = SENT_AT;
    assert.equal(momentOf(now + H, now), "13:00");
    assert.equal(momentOf(now + D, now), "tomorrow 12:00");
    assert.equal(momentOf(now + 3 * D, now), "Nov 25 12:00");
  });
});
