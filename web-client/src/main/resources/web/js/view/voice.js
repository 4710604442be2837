import { countdown } from "../text/durations.js";
import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { framed } from "./medium.js";

/** A step of the arrows on the slider, in seconds. */
const STEP = "0.1";

/** The one that plays: another that begins makes it pause. */
let playing = null;

/** The players of contents, so that a row made anew takes along one that is playing. */
const players = new WeakMap();

/** A sound in a chat: to play, to pause, and to go to a place in it. */
export function voice({ content }, client) {
  if (!players.has(content)) {
    players.set(content, player(content, client));
  }
  return players.get(content);
}

function player(content, client) {
  const { mediaId, durationMs, localUrl = client.media.local(mediaId) } = content;
  const preload = localUrl ? "metadata" : "none";
  const audio = el("audio", { src: localUrl, preload, testid: "audio" });
  const time = el("span", { class: "voice-time", testid: "voice-time" });
  const place = el("input", {
    type: "range",
    min: "0",
    step: STEP,
    value: "0",
    "aria-label": "Place in the recording",
    testid: "voice-place",
  });
  const button = iconButton("play", "Play", { class: "icon-button main", testid: "voice-play" });
  const node = el("div", { class: "voice", testid: "voice" }, button, place, time, audio);
  const source = mediaId ? framed(client, audio, mediaId, node) : null;

  const seconds = () => {
    const said = durationMs / 1_000;
    return said > 0 ? said : Number.isFinite(audio.duration) ? audio.duration : 0;
  };
  const look = () => {
    const [name, label] = audio.paused ? ["play", "Play"] : ["pause", "Pause"];
    if (button.title !== label) {
      button.replaceChildren(icon(name));
      button.title = label;
      button.setAttribute("aria-label", label);
    }
    const at = Math.min(audio.currentTime, seconds() || Infinity);
    place.max = String(seconds());
    place.value = String(at);
    place.setAttribute(
      "aria-valuetext",
      `${countdown(at * 1_000)} of ${countdown(seconds() * 1_000)}`,
    );
    time.textContent = countdown((at > 0 ? at : seconds()) * 1_000);
  };

  button.addEventListener("click", async () => {
    if (!audio.paused) {
      audio.pause();
      return;
    }
    await source?.ready();
    playing?.pause();
    playing = audio;
    audio.play().catch(() => {}); // the element's error event says why
  });
  place.addEventListener("input", () => (audio.currentTime = Number(place.value)));
  audio.addEventListener("ended", () => (audio.currentTime = 0));
  ["play", "pause", "timeupdate", "durationchange", "seeked"].forEach((event) =>
    audio.addEventListener(event, look),
  );
  look();
  return source?.node ?? node;
}
