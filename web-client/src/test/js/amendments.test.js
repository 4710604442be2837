import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { LogWindow } from "../../main/resources/web/js/model/log-window.js";

const ME = "1";

describe("entries that change earlier ones", () => {
  let window;

  const text = (seq, more = {}) => ({
    seq,
    senderId: "2",
    type: "text",
    content: { text: `t${seq}` },
    sentAt: seq,
    ...more,
  });
  const edit = (seq, target, words, more = {}) =>
    text(seq, { type: "edit", content: { seq: target, text: words }, ...more });
  const reaction = (seq, target, emoji, { by = "2", added = true } = {}) =>
    text(seq, { type: "reaction", senderId: by, content: { seq: target, emoji, added } });
  const recall = (seq, target) => text(seq, { type: "recall", content: { seq: target } });
  const live = (...entries) => entries.forEach((entry) => window.append([entry], entry.seq));
  const words = (seq) => window.entry(seq).content.text;
  const reactions = (seq) =>
    (window.entry(seq).reactions ?? []).map(
      ({ emoji, count, mine }) => `${emoji}${count}${mine ? "!" : ""}`,
    );

  beforeEach(() => (window = new LogWindow(() => ME)));

  test("show the newest text, and that it was edited", () => {
    live(text(1), text(2), edit(3, 1, "better"), edit(4, 1, "best", { mentions: [ME] }));
    assert.equal(words(1), "best");
    assert.equal(window.entry(1).editedAt, 4);
    assert.deepEqual(window.entry(1).mentions, [ME]);
    assert.equal(window.entries[0], window.entry(1));
    assert.equal(words(2), "t2");
  });

  test("count reactions by emoji, in the order in which they came", () => {
    live(
      text(1),
      reaction(2, 1, "👍"),
      reaction(3, 1, "🧧", { by: ME }),
      reaction(4, 1, "👍", { by: ME }),
    );
    assert.deepEqual(reactions(1), ["👍2!", "🧧1!"]);
    live(
      reaction(5, 1, "👍", { by: ME, added: false }),
      reaction(6, 1, "🧧", { by: ME, added: false }),
    );
    assert.deepEqual(reactions(1), ["👍1"]);
    live(reaction(7, 1, "👍", { added: false }));
    assert.deepEqual(reactions(1), []);
  });

  test("are not counted twice where the entry was read with them", () => {
    const read = text(1, { reactions: [{ emoji: "👍", count: 2, mine: true }], editedAt: 3 });
    window.restart(
      [read, reaction(2, 1, "👍"), edit(3, 1, "older"), reaction(4, 1, "👍", { by: ME })],
      4,
      4,
    );
    assert.deepEqual(reactions(1), ["👍2!"]);
    assert.equal(words(1), "t1");
    live(reaction(5, 1, "👍", { by: "3" }));
    assert.deepEqual(reactions(1), ["👍3!"]);
  });

  test("are put to an entry that is read later than they came, but before the reading knew them", () => {
    window.restart([text(5)], 5, 5);
    live(reaction(6, 2, "👍"), edit(7, 2, "new"));
    window.prepend([text(1), text(2, { reactions: [{ emoji: "👍", count: 1 }] })], 6); // as of entry 6
    assert.deepEqual(reactions(2), ["👍1"]);
    assert.equal(words(2), "new");
  });

  test("are held back with what came before a hole", () => {
    live(text(1));
    window.keepAhead(reaction(3, 1, "👍"));
    window.takeAhead();
    assert.deepEqual(reactions(1), []);
    live(text(2));
    window.takeAhead();
    assert.deepEqual(reactions(1), ["👍1"]);
  });

  test("change nothing of an entry that was taken back", () => {
    live(text(1), reaction(2, 1, "👍"), recall(3, 1), edit(4, 1, "no"), reaction(5, 1, "👍"));
    assert.equal(window.entry(1).recalledAt, 3);
    assert.deepEqual(window.entry(1).content, {});
    assert.deepEqual(reactions(1), []);
    assert.deepEqual(window.recallOf(1), { by: "2", at: 3 });
  });

  test("may have lost their text with the entry that they changed", () => {
    live(text(1), { ...edit(2, 1), content: { seq: 1 } });
    assert.equal(words(1), "t1");
    live(recall(3, 1));
    assert.equal(window.entry(1).recalledAt, 3);
  });

  test("come to the same in whatever pages the log is read", () => {
    const log = [text(1), text(2)];
    for (let seq = 3; seq <= 60; seq++) {
      const target = 1 + (seq % 2);
      const by = String(1 + (seq % 3));
      const emoji = ["👍", "🧧"][(seq >> 1) % 2];
      log.push(
        seq % 7 === 0
          ? edit(seq, target, `edit ${seq}`)
          : reaction(seq, target, emoji, { by, added: (seq >> 3) % 2 === 0 }),
      );
    }
    const whole = new LogWindow(() => ME);
    log.forEach((entry) => whole.append([entry], entry.seq));
    /** The log's first entries as the server shows them when it reaches that far. */
    const asOf = (end, from, to) => {
      const upTo = new LogWindow(() => ME);
      log.slice(0, end).forEach((entry) => upTo.append([entry], entry.seq));
      return upTo.entries.slice(from - 1, to);
    };
    for (const [end, from] of [
      [20, 3],
      [20, 15],
      [60, 50],
      [41, 2],
      [3, 3],
    ]) {
      window = new LogWindow(() => ME);
      window.restart(asOf(end, from, end), end, end);
      const then = Math.min(60, end + 9);
      live(...log.slice(end, then));
      window.prepend(asOf(then - 2, 1, from - 1), then - 2);
      live(...log.slice(then));
      assert.deepEqual(
        window.entries.slice(0, 2),
        whole.entries.slice(0, 2),
        `read at ${end}, ${from}`,
      );
    }
  });
});
