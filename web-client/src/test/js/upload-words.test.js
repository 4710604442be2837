import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { uploadWords } from "../../main/resources/web/js/text/uploads.js";

describe("an upload", () => {
  for (const [item, connected, words] of [
    [{ state: "waiting" }, true, "Waiting…"],
    [{ state: "waiting" }, false, "Waiting for a connection…"],
    [{ state: "going", step: "reading", done: 0.5 }, true, "Reading…"],
    [{ state: "going", step: "sending", done: 0.999 }, true, "99 %"],
    [{ state: "going", step: "checking", done: 0 }, true, "The server is checking it…"],
    [{ state: "ready", step: "checking", done: 0 }, true, "Sending…"],
  ]) {
    test(`says “${words}”`, () => assert.equal(uploadWords(item, connected), words));
  }
});
