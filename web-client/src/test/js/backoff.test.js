import assert from "node:assert/strict";
import { test } from "node:test";
import {
  delayMs,
  FIRST_DELAY_MS,
  MAX_DELAY_MS,
  reconnectsAfter,
} from "../../main/resources/web/js/net/backoff.js";

test("delays grow up to their bound", () => {
  const most = [0, 1, 2, 3, 4, 5, 6, 100].map((attempt) => delayMs(attempt, () => 1));
  assert.deepEqual(most, [500, 1000, 2000, 4000, 8000, 16000, MAX_DELAY_MS, MAX_DELAY_MS]);
});

test("delays are jittered between half and all of the step", () => {
  assert.equal(
    delayMs(0, () => 0),
    FIRST_DELAY_MS / 2,
  );
  const drawn = new Set(Array.from({ length: 50 }, () => delayMs(5)));
  assert.ok(drawn.size > 25);
  assert.ok([...drawn].every((ms) => ms >= 8000 && ms <= 16000));
});

const closes = {
  again: [1001, 1006, 1011, 1012, 4000, 4001, 4002, 4003, 4008, 4010, 4499, 1000, 1005],
  never: [1003, 1009, 4500, 4501, 4503, 4504, 4505, 4506, 4999],
};
for (const [word, codes] of Object.entries(closes)) {
  for (const code of codes) {
    test(`connects ${word} after close ${code}`, () => {
      assert.equal(reconnectsAfter(code), word === "again");
    });
  }
}
