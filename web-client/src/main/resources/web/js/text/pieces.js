const LINK = /https?:\/\/[^\s<>"'`，。、；：！？（）「」《》【】]+/giu;
const AFTER_LINK = /[.,;:!?]+$/u;

/**
 * What a message's text is made of, in order: `{text}`, `{link}` or `{mention}` pieces.
 *
 * @param names what the mentioned people go by: `@` and one of them is a mention
 */
export function piecesOf(text, names = []) {
  const pieces = [];
  let at = 0;
  for (const match of text.matchAll(LINK)) {
    const link = trimmed(match[0]);
    if (link) {
      pieces.push(...mentionsIn(text.slice(at, match.index), names), { link });
      at = match.index + link.length;
    }
  }
  pieces.push(...mentionsIn(text.slice(at), names));
  return pieces;
}

/** A link without the sentence's own punctuation behind it, or null where it leads nowhere. */
function trimmed(found) {
  let link = found.replace(AFTER_LINK, "");
  while (link.endsWith(")") && link.split(")").length > link.split("(").length) {
    link = link.slice(0, -1).replace(AFTER_LINK, "");
  }
  return URL.canParse(link) ? link : null;
}

function mentionsIn(text, names) {
  const pieces = [];
  const marks = [...new Set(names)].filter(Boolean).map((name) => `@${name}`);
  marks.sort((a, b) => b.length - a.length); // "@Annabel" before "@Ann"
  let plain = "";
  for (let at = 0; at < text.length;) {
    const mark = marks.find((each) => text.startsWith(each, at));
    if (mark) {
      pieces.push({ text: plain }, { mention: mark });
      plain = "";
      at += mark.length;
    } else {
      plain += text[at++];
    }
  }
  pieces.push({ text: plain });
  return pieces.filter((piece) => piece.text !== "");
}
