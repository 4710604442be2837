import { recallSentence, sentenceOf } from "./sentences.js";

const STANDS_FOR = {
  image: "[Picture]",
  audio: "[Voice]",
  video: "[Video]",
  file: "[File]",
  redpacket: "[Red packet]",
};

/** What a message says in one line, without its sender. */
export function gist(message) {
  if (message.recalledAt) {
    return "[taken back]";
  }
  const { text, greeting, name } = message.content;
  const standsFor = STANDS_FOR[message.type] ?? "[Message]";
  const more = message.type === "file" ? name : greeting;
  return text?.replace(/\s+/gu, " ") ?? (more ? `${standsFor} ${more}` : standsFor);
}

/** A conversation's last entry in one line: "Ann: hello", "You: hello", "Ann took back a message". */
export function preview(message, nameOf, me) {
  if (message.type === "system") {
    return sentenceOf(message, nameOf, me);
  }
  if (message.type === "recall" || message.recalledAt) {
    const by = message.type === "recall" ? message.senderId : undefined;
    return recallSentence(message, by, nameOf, me);
  }
  return `${message.senderId === me ? "You" : nameOf(message.senderId)}: ${gist(message)}`;
}
