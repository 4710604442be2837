import assert from "node:assert/strict";
import { resolveObjectURL } from "node:buffer";
import { afterEach, beforeEach, describe, test } from "node:test";
import { WHOLE_MAX } from "../../main/resources/web/js/model/transfer.js";
import { ATTEMPTS_MAX, UPLOADS_MAX } from "../../main/resources/web/js/model/uploads.js";
import { RequestError } from "../../main/resources/web/js/net/request-error.js";
import { Clients } from "./fake/clients.js";
import { stored } from "./fake/media-ops.js";
import { settle, until } from "./fakes.js";

const MEBIBYTE = 1 << 20;

const picture = (words = "pixels", name = "cat.png") =>
  new File([words], name, { type: "image/png" });

describe("files that are sent", () => {
  let clients;
  let server;
  let ann;
  let groupId;

  beforeEach(async () => {
    clients = new Clients();
    server = clients.server;
    ann = await clients.client("ann");
    groupId = await clients.together(ann);
  });

  afterEach(() => clients.stop());

  const sent = () => server.world.group(groupId).log.filter(({ type }) => type !== "system");
  const states = () => ann.uploads.of(groupId).map(({ state }) => state);
  const errors = () => ann.uploads.of(groupId).map(({ error }) => error?.code);
  const gone = () => until(() => states().length === 0);

  test("are brought to the store, checked, and sent under the key they had from the beginning", async () => {
    ann.uploads.add(groupId, [picture()], { replyToSeq: 1 });
    const [{ clientMessageId, type, content }] = ann.uploads.of(groupId);
    assert.equal(type, "image");
    assert.match(content.localUrl, /^blob:/);
    await until(() => sent().length === 1);
    assert.equal(sent()[0].clientMessageId, clientMessageId);
    assert.equal(sent()[0].replyToSeq, 1);
    assert.equal(stored(server, sent()[0].content.mediaId).content.toString(), "pixels");
    await gone();
  });

  test("tell how far they are", async () => {
    const told = [];
    ann.uploads.on("progress", ({ step, done }) => told.push([step, done]));
    ann.uploads.add(groupId, [picture()]);
    await gone();
    assert.deepEqual(told, [
      ["reading", 1],
      ["sending", 0],
      ["sending", 1],
      ["sending", 1],
      ["checking", 0],
    ]);
  });

  test("go as what they are", async () => {
    const files = [
      new File(["a"], "a.mp3", { type: "audio/mpeg" }),
      new File(["b"], "b.webm", { type: "video/webm" }),
      new File(["c"], "c.svg", { type: "image/svg+xml" }),
      new File(["d"], "d", { type: "" }),
    ];
    ann.uploads.add(groupId, files);
    await until(() => sent().length === 4);
    assert.deepEqual(
      sent().map(({ type, content }) => [type, content.name, content.contentType]),
      [
        ["audio", undefined, "audio/mpeg"],
        ["video", undefined, "video/webm"],
        ["file", "c.svg", "image/svg+xml"],
        ["file", "d", "application/octet-stream"],
      ],
    );
  });

  test("go as files where they are too large for pictures", async () => {
    ann.limits.imageBytes = 3;
    ann.uploads.add(groupId, [picture()]);
    await until(() => sent().length === 1);
    assert.equal(sent()[0].type, "file");
  });

  test("that are videos come with a picture that this browser makes of them", async () => {
    server.coverOf = ({ name }) => new File([`cover of ${name}`], "cover", { type: "image/jpeg" });
    ann.uploads.add(groupId, [new File(["frames"], "clip.mp4", { type: "video/mp4" })]);
    await until(() => sent().length === 1);
    const { mediaId, thumbnailMediaId } = sent()[0].content;
    assert.equal(stored(server, thumbnailMediaId).content.toString(), "cover of clip.mp4");
    assert.equal(stored(server, mediaId).content.toString(), "frames");
  });

  test("are sent in the order they were chosen in, whichever comes first", async () => {
    let letGo;
    const held = new Promise((resolve) => (letGo = resolve));
    let puts = 0;
    server.faults.put = () => (puts++ === 0 ? held : true);
    ann.uploads.add(groupId, [picture("slow"), new File(["fast"], "fast.txt")]);
    ann.uploads.add(groupId, [new File(["other"], "other.txt")]);
    await until(() => sent().length === 1);
    assert.equal(sent()[0].content.name, "other.txt");
    letGo(true);
    await until(() => sent().length === 3);
    assert.deepEqual(
      sent().map(({ type, content }) => content.name ?? type),
      ["other.txt", "image", "fast.txt"],
    );
  });

  test("wait for the next connection, and are sent once", async () => {
    server.faults.reply = (op) => op !== "media.complete";
    ann.uploads.add(groupId, [picture()]);
    await until(() => ann.uploads.of(groupId)[0]?.step === "checking");
    server.faults.reply = () => true;
    const key = ann.uploads.of(groupId)[0].clientMessageId;
    await clients.reconnect();
    await until(() => sent().length === 1);
    await gone();
    assert.equal(sent()[0].clientMessageId, key);
  });

  test("are not tried over and over while the connection is not known to be lost", async () => {
    let asked = 0;
    ann.connection.request = async () => {
      asked++;
      throw new RequestError("disconnected");
    };
    ann.uploads.add(groupId, [picture()]);
    await until(() => asked === 1);
    await settle(50);
    assert.equal(asked, 1);
    await until(() => asked > 1);
  });

  test("that are large go on with the part that was lost", async () => {
    const file = new File([new Uint8Array(WHOLE_MAX + MEBIBYTE)], "large.zip");
    const puts = [];
    server.faults.put = (url) => puts.push(url.split("part=")[1]) !== 2;
    ann.uploads.add(groupId, [file]);
    await until(() => sent().length === 1);
    assert.deepEqual(puts, ["1", "2", "2", "3"]);
    assert.equal(stored(server, sent()[0].content.mediaId).content.length, file.size);
  });

  test("that were begun before a reload go on from there", async () => {
    const file = () => new File([new Uint8Array(WHOLE_MAX + MEBIBYTE)], "large.zip");
    server.faults.put = (url) => !url.endsWith("part=2");
    ann.uploads.add(groupId, [file()]);
    await until(() => states()[0] === "waiting" && ann.uploads.of(groupId)[0].done > 0);
    ann.uploads.clear();
    const puts = [];
    server.faults.put = (url) => puts.push(url.split("part=")[1]) > 0;
    ann.uploads.add(groupId, [file()]);
    await until(() => sent().length === 1);
    assert.deepEqual(puts, ["2", "3"]);
  });

  test("that are there already are not brought again", async () => {
    ann.uploads.add(groupId, [picture()]);
    await until(() => sent().length === 1);
    server.faults.put = () => assert.fail("brought again");
    ann.uploads.add(groupId, [picture()]);
    await until(() => sent().length === 2);
    assert.equal(sent()[0].content.mediaId, sent()[1].content.mediaId);
  });

  test("are left to the person once the store has been away for long", async (t) => {
    server.faults.put = () => false;
    t.mock.timers.enable({ apis: ["setTimeout"] });
    ann.uploads.add(groupId, [picture()]);
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      await settle(40);
      assert.deepEqual(states(), [attempt < ATTEMPTS_MAX ? "waiting" : "failed"]);
      t.mock.timers.tick(20_000);
    }
    assert.deepEqual(errors(), ["store_away"]);
    t.mock.timers.reset();
    server.faults.put = () => true;
    ann.uploads.retry(ann.uploads.of(groupId)[0].clientMessageId);
    await until(() => sent().length === 1);
  });

  test("are left to the person where the server refuses them, and do not hold the others up", async () => {
    server.bytesMax = 10;
    ann.uploads.add(groupId, [picture("far too many pixels"), picture("few")]);
    await until(() => sent().length === 1);
    assert.deepEqual(states(), ["failed"]);
    assert.deepEqual(errors(), ["media_too_large"]);
  });

  test("may go as a file where they are no proper picture", async () => {
    const file = picture();
    ann.uploads.add(groupId, [file]);
    server.faults.put = (url) => {
      const mediaId = url.split("/").at(-1).split("?")[0];
      stored(server, mediaId).sha256 = "of something else";
      return true;
    };
    await until(() => states()[0] === "failed");
    assert.deepEqual(errors(), ["media_mismatch"]);
    server.faults.put = () => true;
    ann.uploads.retry(ann.uploads.of(groupId)[0].clientMessageId, { asFile: true });
    await until(() => sent().length === 1);
    assert.deepEqual([sent()[0].type, sent()[0].content.name], ["file", "cat.png"]);
  });

  test("that cannot be read are left to the person", async () => {
    const folder = picture();
    folder.slice = () => ({ arrayBuffer: () => Promise.reject(new Error("is a folder")) });
    ann.uploads.add(groupId, [folder]);
    await until(() => states()[0] === "failed");
    assert.deepEqual(errors(), ["unreadable"]);
  });

  test("can be given up on their way", async () => {
    let put;
    const begun = new Promise((resolve) => (put = resolve));
    server.faults.put = () => (put(), new Promise(() => {}));
    ann.uploads.add(groupId, [picture()]);
    await begun;
    ann.uploads.cancel(ann.uploads.of(groupId)[0].clientMessageId);
    assert.equal(ann.uploads.any, false);
    await settle();
    assert.deepEqual(sent(), []);
  });

  test("are as many as can be kept, and shown", () => {
    const many = Array.from({ length: UPLOADS_MAX }, (_, at) => picture(`${at}`));
    assert.equal(ann.uploads.add(groupId, many), true);
    assert.equal(ann.uploads.add(groupId, [picture()]), false);
    assert.equal(states().filter((state) => state === "going").length, 2);
    ann.uploads.of(groupId).forEach(({ content }) => assert.ok(resolveObjectURL(content.localUrl)));
  });
});
