import { gist } from "../text/preview.js";
import { piecesOf } from "../text/pieces.js";
import { el } from "./dom.js";
import { envelope } from "./envelope.js";
import { fileCard } from "./file-card.js";
import { picture } from "./picture.js";
import { video } from "./video.js";
import { voice } from "./voice.js";

/** How each type of message looks; a new type adds its renderer here. */
const RENDERERS = {
  text: (message, _, names) => text(message, names),
  redpacket: (message, client) => envelope(client, message),
  image: picture,
  audio: voice,
  video,
  file: fileCard,
};

/**
 * What a message says, as an element.
 *
 * @param names what the people go by whom it mentions
 */
export function contentOf(message, names, client) {
  return (RENDERERS[message.type] ?? unknown)(message, client, names);
}

function text({ content }, names) {
  const pieces = piecesOf(content.text, names).map((piece) => {
    if (piece.link) {
      return el(
        "a",
        { href: piece.link, target: "_blank", rel: "noopener noreferrer nofollow" },
        piece.link,
      );
    }
    return piece.mention ? el("span", { class: "mention" }, piece.mention) : piece.text;
  });
  return el("div", { class: "text", dir: "auto", testid: "text" }, ...pieces);
}

function unknown(message) {
  return el("div", { class: "text", testid: "text" }, gist(message));
}
