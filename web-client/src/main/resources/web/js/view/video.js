import { el } from "./dom.js";
import { framed, within } from "./medium.js";

const BOUNDS = { width: 360, height: 340 };

/** Where the server could not tell how large it is. */
const USUAL = { width: 320, height: 180 };

const players = new WeakMap();

/** A video in a chat, with the browser's own player; a row made anew takes along one that is playing. */
export function video({ content }, client) {
  if (!players.has(content)) {
    players.set(content, player(content, client));
  }
  return players.get(content);
}

function player(content, client) {
  const { mediaId, thumbnailMediaId, localUrl = client.media.local(mediaId) } = content;
  const element = el("video", {
    src: localUrl,
    controls: true,
    playsinline: true,
    preload: localUrl ? "metadata" : "none",
    "aria-label": "Video",
    ...(content.width ? within(content, BOUNDS) : USUAL),
    testid: "video",
  });
  if (thumbnailMediaId && !localUrl) {
    client.media.url(thumbnailMediaId).then(
      (url) => (element.poster = url),
      () => {}, // it plays without a picture before it
    );
  }
  return mediaId ? framed(client, element, mediaId).node : element;
}
