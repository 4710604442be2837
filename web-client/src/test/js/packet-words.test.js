import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { envelopeWords, greetingOf, standing } from "../../main/resources/web/js/text/packets.js";
import { gist } from "../../main/resources/web/js/text/preview.js";
import { sentenceOf } from "../../main/resources/web/js/text/sentences.js";

const NAMES = { 1: "Ann", 2: "Bob", 3: "Cid" };
const nameOf = (userId) => NAMES[userId];

describe("an envelope", () => {
  const packet = { senderId: "1", count: 3, claimedCount: 1, openedCount: 1, status: "active" };
  const forBob = { ...packet, count: 1, openedCount: 0, recipientId: "2" };
  const table = [
    ["nothing while it is not known", "unknown", undefined, "2", ""],
    ["that it can be opened", "open", { packet }, "2", "Open it"],
    ["that a place in it is the reader's", "grabbed", { packet, mine: {} }, "2", "Yours to open"],
    ["what the reader got", "opened", { packet, mine: { amountFen: 35 } }, "2", "You got ¥0.35"],
    ["what its sender got", "opened", { packet, mine: { amountFen: 35 } }, "1", "You got ¥0.35"],
    ["that all is gone", "gone", { packet }, "2", "All gone"],
    ["that its time is over", "expired", { packet }, "2", "Expired"],
    ["its sender how many opened it", "open", { packet }, "1", "1 of 3 opened"],
    ["others whom it is for", "open", { packet: forBob }, "3", "For Bob"],
    ["its sender whom it is for", "open", { packet: forBob }, "1", "For Bob"],
    ["whom it is for that it is theirs", "open", { packet: forBob }, "2", "Open it"],
    [
      "others that it was opened",
      "gone",
      { packet: { ...forBob, openedCount: 1 } },
      "3",
      "Opened by Bob",
    ],
  ];
  for (const [what, state, known, me, words] of table) {
    test(`tells ${what}`, () => assert.equal(envelopeWords(state, known, nameOf, me), words));
  }

  test("has a greeting, whatever its sender wrote", () => {
    assert.equal(greetingOf({ greeting: "" }), "Best wishes!");
    assert.equal(greetingOf({ greeting: "恭喜" }), "恭喜");
    assert.equal(gist({ type: "redpacket", content: { greeting: "恭喜" } }), "[Red packet] 恭喜");
    assert.equal(gist({ type: "redpacket", content: { greeting: "" } }), "[Red packet]");
  });
});

describe("that all is opened", () => {
  const content = { kind: "redpacket_finished", actorId: "2", packetId: "5", bestUserId: "9" };
  const table = [
    [undefined, "Bob opened the last share of a red packet"],
    [
      { senderId: "1", kind: "lucky", count: 2 },
      "Bob opened the last share of the red packet from Ann. Best luck: you",
    ],
    [
      { senderId: "9", kind: "identical", count: 2 },
      "Bob opened the last share of the red packet from you",
    ],
    [{ senderId: "1", kind: "exclusive", count: 1 }, "Bob opened the red packet from Ann"],
    [{ senderId: "2", kind: "lucky", count: 1 }, "Bob opened their own red packet"],
  ];
  for (const [packet, sentence] of table) {
    test(`is told as "${sentence}"`, () =>
      assert.equal(sentenceOf({ type: "system", content }, nameOf, "9", packet), sentence));
  }
});

describe("a packet's details say", () => {
  const NOW = 1_000_000;
  const packet = {
    ...{ senderId: "1", totalFen: 1_000, count: 100, openedCount: 99, openedFen: 990 },
    ...{ status: "active", expiresAt: NOW + 3 * 3_600_000 },
  };
  const table = [
    [{}, ["99 of 100 opened, ¥9.90 of ¥10.00", "What is left goes back to Ann in 3 h"]],
    [{ openedCount: 100, openedFen: 1_000 }, ["100 of 100 opened, ¥10.00 in all"]],
    [{ expiresAt: NOW }, ["99 of 100 opened, ¥9.90 of ¥10.00", "Expired: ¥0.10 goes back to Ann"]],
    [{ status: "refunded" }, ["99 of 100 opened, ¥9.90 of ¥10.00", "¥0.10 went back to Ann"]],
  ];
  for (const [more, lines] of table) {
    test(lines.at(-1), () =>
      assert.deepEqual(standing({ ...packet, ...more }, NOW, nameOf, "2"), lines),
    );
  }

  test("to their sender that the rest is theirs", () =>
    assert.equal(
      standing({ ...packet, status: "refunded" }, NOW, nameOf, "1")[1],
      "¥0.10 went back to you",
    ));
});
