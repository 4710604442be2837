import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { LOCAL_MAX, Media } from "../../main/resources/web/js/model/media.js";
import { contentTypeOf, kindOf, nameOf } from "../../main/resources/web/js/model/media-kinds.js";
import { sizeText } from "../../main/resources/web/js/text/sizes.js";
import { settle } from "./fakes.js";

const HOUR = 3_600_000;

describe("the URL of a medium", () => {
  let now;
  let asked;
  let media;

  beforeEach(() => {
    now = 0;
    asked = [];
    const request = (op, data) =>
      new Promise((resolve, reject) => asked.push({ op, data, resolve, reject }));
    media = new Media({ request, now: () => now });
  });

  const answer = (at) => asked[at].resolve({ url: `url ${at}`, expiresAt: now + HOUR });

  test("is asked for once, however many look", async () => {
    const urls = [media.url("5"), media.url("5")];
    await settle(2);
    assert.deepEqual(
      asked.map(({ op, data }) => [op, data]),
      [["media.url", { mediaId: "5" }]],
    );
    answer(0);
    assert.deepEqual(await Promise.all([...urls, media.url("5")]), ["url 0", "url 0", "url 0"]);
  });

  test("is asked for again when it runs out, and where it does not work any more", async () => {
    const first = media.url("5");
    await settle(2);
    answer(0);
    await first;
    now = HOUR - 30_000;
    const second = media.url("5");
    await settle(2);
    answer(1);
    assert.equal(await second, "url 1");
    const third = media.url("5", { fresh: true });
    await settle(2);
    answer(2);
    assert.equal(await third, "url 2");
  });

  test("is asked for again after a refusal", async () => {
    const refused = media.url("5");
    await settle(2);
    asked[0].reject(new Error("forbidden"));
    await assert.rejects(refused, /forbidden/);
    media.url("5");
    await settle(2);
    assert.equal(asked.length, 2);
  });

  test("is asked for of a few at a time", async () => {
    const urls = ["1", "2", "3", "4", "5", "6"].map((mediaId) => media.url(mediaId));
    await settle(2);
    assert.equal(asked.length, 4);
    asked[0].reject(new Error("gone"));
    await assert.rejects(urls[0]);
    await settle(2);
    assert.equal(asked.length, 5);
  });

  test("is the file itself where it was sent from here", () => {
    const file = new File(["pixels"], "cat.png");
    assert.equal(media.local("5"), undefined);
    media.sent("5", file);
    assert.equal(media.local("5"), media.localUrl(file));
    for (let others = 0; others < LOCAL_MAX; others++) {
      media.localUrl(new File([], "other"));
    }
    assert.equal(media.local("5"), undefined); // let go
  });
});

describe("a file", () => {
  const limits = { imageBytes: 100, audioBytes: 100, videoBytes: 100 };
  const file = (type, bytes = 1) => new File([new Uint8Array(bytes)], "x", { type });

  for (const [type, kind, contentType] of [
    ["image/webp", "image", "image/webp"],
    ["image/svg+xml", "file", "image/svg+xml"],
    ["audio/webm;codecs=opus", "audio", "audio/webm"],
    ["audio/x-wav", "audio", "audio/wav"],
    ["video/quicktime", "file", "video/quicktime"],
    ["", "file", "application/octet-stream"],
  ]) {
    test(`of type ${type || "unknown"} goes as ${kind}`, () => {
      assert.equal(kindOf(file(type), limits), kind);
      assert.equal(contentTypeOf(file(type)), contentType);
    });
  }

  test("goes as a file where it is too large for what it is", () => {
    assert.equal(kindOf(file("image/png", 100), limits), "image");
    assert.equal(kindOf(file("image/png", 101), limits), "file");
  });

  test("keeps the end of a name that is too long", () => {
    assert.equal(nameOf({ name: `${"𝒳".repeat(300)}.tar` }), `${"𝒳".repeat(251)}.tar`);
    assert.equal(nameOf({ name: "x".repeat(300) }), "x".repeat(255));
    assert.equal(nameOf({ name: "" }), "file");
  });

  for (const [bytes, words] of [
    [0, "0 bytes"],
    [1, "1 byte"],
    [1_023, "1023 bytes"],
    [1_024, "1 KB"],
    [1_536, "1.5 KB"],
    [10_240, "10 KB"],
    [1_048_500, "1 MB"],
    [20 * 1_048_576, "20 MB"],
    [3 * 1_073_741_824, "3 GB"],
  ]) {
    test(`of ${bytes} bytes is ${words}`, () => assert.equal(sizeText(bytes), words));
  }
});
