import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import {
  HELD_AFTER_TRIM,
  HELD_MAX,
  LOOSE_MAX,
} from "../../main/resources/web/js/model/log-window.js";
import { GroupLog, READ_ON_MAX } from "../../main/resources/web/js/model/log.js";
import { RequestError } from "../../main/resources/web/js/net/request-error.js";
import { until } from "./fakes.js";

const settle = () => new Promise((resolve) => setImmediate(resolve));
const seqs = (log) => log.window.entries.map(({ seq }) => seq);
const upTo = (n, from = 1) => Array.from({ length: n - from + 1 }, (_, at) => at + from);

describe("a group's log", () => {
  let server;
  let reads;
  let hidden;
  let log;

  function entry(seq, more = {}) {
    return {
      seq,
      messageId: `m${seq}`,
      senderId: "1",
      type: "text",
      content: { text: `t${seq}` },
      sentAt: seq,
      ...more,
    };
  }

  function grow(last) {
    while (server.length < last) {
      server.push(entry(server.length + 1));
    }
  }

  async function read({ afterSeq, beforeSeq, limit }) {
    reads.push({ afterSeq, beforeSeq, limit });
    await settle();
    const visible = server.filter(({ seq }) => !hidden(seq));
    const messages =
      afterSeq === undefined
        ? visible.filter(({ seq }) => seq < (beforeSeq ?? Infinity)).slice(-limit)
        : visible.filter(({ seq }) => seq > afterSeq).slice(0, limit);
    return structuredClone({ messages, lastSeq: server.length });
  }

  beforeEach(() => {
    server = [];
    reads = [];
    hidden = () => false;
    log = new GroupLog((bounds) => read(bounds));
  });

  test("begins with the newest page", async () => {
    grow(120);
    await log.readOn();
    assert.deepEqual(seqs(log), upTo(120, 71));
    assert.equal(log.window.reachedStart, false);
  });

  test("takes live entries in order without reading", async () => {
    grow(3);
    await log.readOn();
    [4, 5].forEach((seq) => log.apply(entry(seq)));
    assert.deepEqual(seqs(log), upTo(5));
    assert.equal(reads.length, 1);
  });

  test("shows an entry that comes twice once", async () => {
    grow(3);
    await log.readOn();
    [4, 4, 2].forEach((seq) => log.apply(entry(seq)));
    assert.deepEqual(seqs(log), upTo(4));
  });

  test("reads on over a hole and keeps what came behind it", async () => {
    grow(3);
    await log.readOn();
    grow(7);
    log.apply(entry(6));
    log.apply(entry(7));
    assert.deepEqual(seqs(log), upTo(3));
    await settle();
    await settle();
    assert.deepEqual(seqs(log), upTo(7));
    assert.equal(reads.length, 2);
  });

  test("shows once what came live while the page with it was read", async () => {
    grow(3);
    await log.readOn();
    grow(6);
    log.apply(entry(6));
    log.apply(entry(4));
    log.apply(entry(5));
    assert.deepEqual(seqs(log), upTo(6));
    await settle();
    await settle();
    assert.deepEqual(seqs(log), upTo(6));
  });

  test("takes what came live while the first page was read", async () => {
    grow(3);
    const reading = log.readOn();
    log.apply(entry(2));
    await settle();
    grow(5);
    [4, 5].forEach((seq) => log.apply(entry(seq)));
    await reading;
    assert.deepEqual(seqs(log), upTo(5));
  });

  test("finds a hole that opened while the first page was read", async () => {
    grow(3);
    const reading = log.readOn();
    await settle();
    grow(6);
    log.apply(entry(6));
    await reading;
    await settle();
    await log.readOn();
    assert.deepEqual(seqs(log), upTo(6));
  });

  test("reads on page by page after a long absence", async () => {
    grow(3);
    await log.readOn();
    grow(700);
    await log.readOn();
    assert.deepEqual(seqs(log), upTo(700));
    assert.equal(reads.length, 5);
  });

  test("begins anew at the end after a very long absence", async () => {
    grow(3);
    await log.readOn();
    grow(3 + READ_ON_MAX + 1);
    await log.readOn();
    assert.equal(seqs(log).at(-1), server.length);
    assert.equal(seqs(log).length, 50);
    await log.older();
    assert.equal(seqs(log).length, 100);
  });

  test("learns of a lost tail by an announcement", async () => {
    grow(3);
    await log.readOn();
    grow(4);
    log.announce(4);
    await settle();
    await settle();
    assert.deepEqual(seqs(log), upTo(4));
  });

  test("takes no hole in what it may not see for a hole", async () => {
    hidden = (seq) => seq > 3 && seq < 9;
    grow(3);
    await log.readOn();
    grow(10);
    log.apply(entry(10));
    await log.readOn();
    assert.deepEqual(seqs(log), [1, 2, 3, 9, 10]);
    log.apply(entry(11));
    assert.equal(reads.length, 2);
  });

  test("reads older pages down to the start", async () => {
    grow(120);
    await log.readOn();
    await Promise.all([log.older(), log.older()]);
    assert.deepEqual(seqs(log), upTo(120, 21));
    await log.older();
    await log.older();
    assert.deepEqual(seqs(log), upTo(120));
    assert.equal(log.window.reachedStart, true);
    assert.equal(reads.length, 3);
  });

  test("stops at the first entry it may see", async () => {
    hidden = (seq) => seq < 40;
    grow(60);
    await log.readOn();
    await log.older();
    assert.equal(log.window.reachedStart, true);
    assert.equal(seqs(log)[0], 40);
  });

  const recall = (seq, of) => entry(seq, { type: "recall", senderId: "9", content: { seq: of } });

  test("empties an entry that is taken back", async () => {
    grow(3);
    await log.readOn();
    log.apply(recall(4, 2));
    assert.deepEqual(log.window.entry(2).content, {});
    assert.equal(log.window.entry(2).recalledAt, 4);
    assert.deepEqual(log.window.recallOf(2), { by: "9", at: 4 });
    assert.equal(log.window.entries[1].recalledAt, 4);
  });

  test("empties an entry whose page was read before it was taken back", async () => {
    grow(60);
    await log.readOn();
    const reading = log.older();
    log.apply(recall(61, 5));
    await reading;
    assert.deepEqual(log.window.entry(5).content, {});
  });

  test("knows which client keys it holds", async () => {
    server.push(entry(1, { clientMessageId: "k1" }));
    await log.readOn();
    log.apply(entry(2, { clientMessageId: "k2" }));
    assert.deepEqual(
      ["k1", "k2", "k3"].map((key) => log.window.holdsKey(key)),
      [true, true, false],
    );
  });

  test("jumps to a far entry, pages on from there, and follows again at the end", async () => {
    grow(300);
    await log.readOn();
    await log.jumpTo(100);
    assert.deepEqual(seqs(log), upTo(124, 75));
    assert.equal(log.following, false);
    log.apply(entry(301));
    assert.equal(seqs(log).at(-1), 124);
    grow(301);
    for (let pages = 0; pages < 4; pages++) {
      await log.newer();
    }
    assert.deepEqual(seqs(log), upTo(301, 75));
    assert.equal(log.following, true);
    log.apply(entry(302));
    assert.equal(seqs(log).at(-1), 302);
  });

  describe("after a jump", () => {
    const amend = (type, of, content, senderId = "9") => {
      const amendment = entry(server.length + 1, {
        type,
        senderId,
        content: { seq: of, ...content },
      });
      server.push(amendment);
      log.apply(amendment);
    };
    const shown = (seq) => {
      const { content, recalledAt, reactions } = log.window.entry(seq);
      return [content.text, recalledAt !== undefined, reactions];
    };

    beforeEach(async () => {
      log = new GroupLog((bounds) => read(bounds), { me: () => "1" });
      grow(300);
      await log.readOn();
      await log.jumpTo(100);
    });

    test("shows what is done to the entries, and does it once", async () => {
      let changes = 0;
      log.on("change", () => changes++);
      amend("reaction", 100, { emoji: "👍", added: true }, "1");
      amend("edit", 101, { text: "better" });
      amend("recall", 102, {});
      amend("reaction", 10, { emoji: "👍", added: true }); // not held
      const after = [
        ["t100", false, [{ emoji: "👍", count: 1, mine: true }]],
        ["better", false, undefined],
        [undefined, true, undefined],
      ];
      assert.deepEqual([100, 101, 102].map(shown), after);
      assert.deepEqual(log.window.recallOf(102), { by: "9", at: 303 });
      assert.equal(changes, 3);
      assert.deepEqual(seqs(log), upTo(124, 75));
      while (!log.following) {
        await log.newer();
      }
      assert.deepEqual(seqs(log), upTo(304, 75));
      assert.deepEqual([100, 101, 102].map(shown), after);
    });

    test("shows what is done to an entry while it is read", async () => {
      const reading = log.newer();
      await Promise.resolve();
      log.apply(entry(301, { type: "edit", content: { seq: 130, text: "better" } }));
      await reading;
      assert.equal(log.window.entry(130).content.text, "better");
    });

    const miss = (seq, text) => {
      server[seq - 1].content = { text }; // as the server's history has it then
      server.push(entry(server.length + 1, { type: "edit", content: { seq, text } }));
    };

    for (const [what, happens] of Object.entries({
      "it is read on": () => log.readOn(),
      "a live entry shows a hole": () => amend("edit", 90, { text: "x" }),
    })) {
      test(`shows what was done to the entries unheard once ${what}`, async () => {
        miss(80, "missed");
        miss(120, "missed, too");
        happens();
        await until(() => shown(120)[0] === "missed, too");
        assert.equal(shown(80)[0], "missed");
        assert.deepEqual(seqs(log), upTo(124, 75));
        assert.equal(log.following, false);
      });
    }

    test("shows it in all that is held, also while more is read", async () => {
      grow(600);
      while (log.window.high < 400) {
        await log.newer();
      }
      miss(75, "first");
      miss(log.window.high, "last");
      const reading = log.readOn();
      await Promise.all([log.older(), log.newer(), reading]);
      assert.deepEqual(
        [75, 424].map((seq) => shown(seq)[0]),
        ["first", "last"],
      );
      assert.deepEqual(seqs(log), upTo(474, 25));
    });

    test("keeps to a limit what is done to entries that it does not hold", async () => {
      upTo(LOOSE_MAX + 60, 1_000).forEach((seq) =>
        log.apply(entry(5_000 + seq, { type: "edit", content: { seq, text: "x" } })),
      );
      amend("edit", 100, { text: "better" });
      assert.equal(log.window.entry(100).content.text, "better");
    });
  });

  test("shows what is done to an entry while it is jumped to", async () => {
    grow(300);
    await log.readOn();
    const jump = log.jumpTo(100);
    log.apply(entry(301, { type: "edit", content: { seq: 100, text: "better" } }));
    await jump;
    assert.equal(log.window.entry(100).content.text, "better");
  });

  test("takes no older page that no longer meets what is held", async () => {
    grow(HELD_MAX + 100);
    await log.readOn();
    while (seqs(log).length < HELD_MAX) {
      await log.older();
    }
    log.apply(entry(HELD_MAX + 101));
    const reading = log.older();
    log.trim();
    await reading;
    const first = HELD_MAX + 101 - HELD_AFTER_TRIM + 1;
    assert.deepEqual(seqs(log), upTo(HELD_MAX + 101, first));
    await log.older();
    assert.deepEqual(seqs(log), upTo(HELD_MAX + 101, first - 50));
  });

  test("returns to the end in one step", async () => {
    grow(300);
    await log.readOn();
    await log.jumpTo(10);
    await log.latest();
    assert.deepEqual(seqs(log), upTo(300, 251));
    assert.equal(log.following, true);
  });

  test("lets go of the oldest entries of a long window", async () => {
    grow(1);
    await log.readOn();
    upTo(HELD_MAX + 1, 2).forEach((seq) => log.apply(entry(seq)));
    log.trim();
    assert.equal(seqs(log).length, HELD_AFTER_TRIM);
    assert.equal(log.window.entry(1), undefined);
    assert.equal(log.window.reachedStart, false);
  });

  test("reads again when the connection that it read over was lost", async () => {
    grow(5);
    let lost = true;
    log = new GroupLog(async (bounds) => {
      if (lost) {
        lost = false;
        throw new RequestError("disconnected");
      }
      return read(bounds);
    });
    const reading = log.readOn();
    log.readOn(); // the new connection's
    await reading;
    assert.equal(log.loaded, false);
    await settle();
    await settle();
    assert.deepEqual(seqs(log), upTo(5));
  });

  test("tries again after a passing failure", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    grow(3);
    let down = true;
    const problems = [];
    log = new GroupLog((bounds) =>
      down ? Promise.reject(new RequestError("unavailable", { retryAfterMs: 700 })) : read(bounds),
    );
    log.on("trouble", ({ code }) => problems.push(code));
    await log.readOn();
    down = false;
    t.mock.timers.tick(700);
    await log.readOn();
    assert.deepEqual(seqs(log), upTo(3));
    assert.deepEqual(problems, ["unavailable"]);
  });
});
