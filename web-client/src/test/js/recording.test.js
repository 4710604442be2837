import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { beginRecording, canRecord } from "../../main/resources/web/js/model/recording.js";

/** A browser's MediaRecorder that knows one type and hears what the test says. */
class FakeRecorder {
  static type = "audio/mp4";
  static made = [];
  state = "inactive";

  static isTypeSupported(type) {
    return type === FakeRecorder.type;
  }

  constructor(stream, options) {
    Object.assign(this, { stream, options });
    FakeRecorder.made.push(this);
  }

  start() {
    this.state = "recording";
  }

  stop() {
    assert.equal(this.state, "recording");
    this.state = "inactive";
    setImmediate(() => {
      this.ondataavailable({ data: new Blob(["what was said"]) });
      this.onstop();
    });
  }
}

describe("a voice recording", () => {
  let browser;
  let microphone;

  beforeEach(() => {
    FakeRecorder.type = "audio/mp4";
    FakeRecorder.made = [];
    microphone = { on: true, stop: () => (microphone.on = false) };
    const getUserMedia = async () => ({ getTracks: () => [microphone] });
    browser = { navigator: { mediaDevices: { getUserMedia } }, MediaRecorder: FakeRecorder };
  });

  test("becomes a file of a type that the browser records, and lets the microphone go", async () => {
    const recording = await beginRecording(browser);
    assert.equal(FakeRecorder.made[0].options.mimeType, "audio/mp4");
    assert.equal(microphone.on, true);
    const file = await recording.finish();
    assert.equal(file.type, "audio/mp4");
    assert.equal(await file.text(), "what was said");
    assert.equal(microphone.on, false);
  });

  test("that is dropped lets the microphone go", async () => {
    const recording = await beginRecording(browser);
    recording.drop();
    assert.equal(microphone.on, false);
  });

  test("that the browser has ended, since the microphone was taken away, is kept", async () => {
    const recording = await beginRecording(browser);
    FakeRecorder.made[0].stop();
    assert.equal(await (await recording.finish()).text(), "what was said");
  });

  test("is offered only where the browser can", () => {
    assert.equal(canRecord(browser), true);
    assert.equal(canRecord({ ...browser, navigator: {} }), false); // without TLS
    assert.equal(canRecord({ ...browser, MediaRecorder: undefined }), false);
    FakeRecorder.type = "audio/unheard-of";
    assert.equal(canRecord(browser), false);
  });
});
