import { beginRecording, RECORDING_MAX_MS } from "../model/recording.js";
import { countdown } from "../text/durations.js";
import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { notify } from "./notices.js";

const LOOK_MS = 200;

/** Shorter than this nobody meant to say anything. */
const LENGTH_MIN_MS = 700;

/** In the message field's place while somebody speaks: how long, and to send it or not. */
export class VoiceRecorder {
  #recording = null;
  #asked = 0;
  #timer = null;
  #time = el("span", { class: "recording-time", testid: "recording-time" });
  #send = el(
    "button",
    {
      type: "button",
      class: "send",
      "aria-label": "Send the voice message",
      title: "Send the voice message",
      testid: "recording-send",
      onclick: () => this.#finish(),
    },
    icon("send"),
  );
  #onchange;
  #onrecorded;

  /** @param onchange is called when it begins and ends */
  constructor(onchange) {
    this.#onchange = onchange;
    this.node = el(
      "div",
      { class: "composer-line recording", hidden: true, testid: "recording" },
      iconButton("bin", "Do not send it", {
        testid: "recording-drop",
        onclick: () => this.drop(),
      }),
      el("span", { class: "recording-sign", "aria-hidden": "true" }),
      el("span", { role: "status" }, "Recording"),
      this.#time,
      this.#send,
    );
    this.node.addEventListener("keydown", ({ key }) => key === "Escape" && this.drop());
  }

  get isBusy() {
    return this.#recording !== null;
  }

  /** @param onrecorded gets the file, where it is to be sent */
  async begin(onrecorded) {
    const asked = ++this.#asked;
    let recording;
    try {
      recording = await beginRecording();
    } catch {
      notify("The browser does not let this page use the microphone.");
      return;
    }
    if (asked !== this.#asked) {
      recording.drop(); // while the person was asked they turned to something else
      return;
    }
    this.#recording = recording;
    this.#onrecorded = onrecorded;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.node.hidden = false;
    this.#look();
    this.#onchange();
    this.#send.focus();
  }

  /** Ends it without sending anything. */
  drop() {
    this.#asked++;
    if (this.#recording) {
      this.#recording.drop();
      this.#end();
    }
  }

  async #finish() {
    const recording = this.#recording;
    this.#end();
    if (recording.lengthMs < LENGTH_MIN_MS) {
      recording.drop();
      notify("That was too short: speak, and then send it.");
    } else {
      this.#onrecorded(await recording.finish());
    }
  }

  #look() {
    const { lengthMs } = this.#recording;
    this.#time.textContent = countdown(Math.floor(lengthMs / 1_000) * 1_000);
    if (lengthMs >= RECORDING_MAX_MS) {
      notify("A voice message may have ten minutes: it was sent.");
      this.#finish();
    }
  }

  #end() {
    clearInterval(this.#timer);
    this.#recording = null;
    this.node.hidden = true;
    this.#onchange();
  }
}
