import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import { digestOf } from "../../main/resources/web/js/files/digest.js";
import { Sha256 } from "../../main/resources/web/js/files/sha256.js";

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");
const bytesOf = (length) => new Uint8Array(length).map((_, at) => at * 31 + (at >> 8));

describe("SHA-256", () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 10_000]) {
    test(`of ${length} bytes, in pieces of any size`, () => {
      const bytes = bytesOf(length);
      for (const piece of [1, 37, 64, 10_000]) {
        const sha256 = new Sha256();
        for (let at = 0; at < length; at += piece) {
          sha256.update(bytes.subarray(at, at + piece));
        }
        assert.equal(sha256.hex(), digest(bytes));
      }
    });
  }

  test("of a file that is larger than what is read at once", async () => {
    const bytes = bytesOf(9_000_000);
    const read = [];
    const hex = await digestOf(new Blob([bytes]), (each) => read.push(each));
    assert.equal(hex, digest(bytes));
    assert.deepEqual(read, [4_194_304, 8_388_608, 9_000_000]);
  });
});
