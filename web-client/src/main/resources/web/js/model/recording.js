/** The longest voice message. */
export const RECORDING_MAX_MS = 10 * 60_000;

/** In this order: every browser records one of them, and all play them. */
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

/** Enough for a voice. */
const BITS_PER_SECOND = 32_000;

/** Whether this browser lets pages record: not where the page comes without TLS. */
export function canRecord({ navigator, MediaRecorder } = globalThis) {
  return Boolean(navigator.mediaDevices?.getUserMedia && MediaRecorder && typeOf(MediaRecorder));
}

/** Begins to record what the microphone hears; rejects where the person does not allow it. */
export async function beginRecording({ navigator, MediaRecorder } = globalThis) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  return new Recording(stream, MediaRecorder);
}

class Recording {
  #stream;
  #type;
  #recorder;
  #chunks = [];
  #stopped;
  #beganAt = Date.now();

  constructor(stream, MediaRecorder) {
    this.#stream = stream;
    this.#type = typeOf(MediaRecorder);
    this.#recorder = new MediaRecorder(stream, {
      mimeType: this.#type,
      audioBitsPerSecond: BITS_PER_SECOND,
    });
    this.#recorder.ondataavailable = ({ data }) => this.#chunks.push(data);
    this.#stopped = new Promise((resolve) => (this.#recorder.onstop = resolve));
    this.#recorder.start();
  }

  get lengthMs() {
    return Date.now() - this.#beganAt;
  }

  /** Ends it; resolves with what was heard, as a file. */
  async finish() {
    this.#stop();
    await this.#stopped;
    return new File(this.#chunks, "Voice message", { type: this.#type });
  }

  /** Ends it, and forgets what was heard. */
  drop() {
    this.#stop();
    this.#chunks = [];
  }

  #stop() {
    if (this.#recorder.state !== "inactive") {
      this.#recorder.stop(); // it stops by itself where the microphone is taken away
    }
    this.#stream.getTracks().forEach((track) => track.stop());
  }
}

function typeOf(MediaRecorder) {
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type));
}
