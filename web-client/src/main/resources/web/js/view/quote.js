import { gist } from "../text/preview.js";
import { el } from "./dom.js";

/** `{name, words}` of the entry that is replied to, or null. */
export function quoteOf({ groupId, replyToSeq }, { client, log }) {
  if (!replyToSeq) {
    return null;
  }
  const message = log.window.entry(replyToSeq) ?? client.quotes.get(groupId, replyToSeq);
  return message
    ? { name: client.members.name(message.senderId), words: gist(message) }
    : { name: "…", words: "" };
}

/** What is replied to, over the reply; with `onclick` it leads there. */
export function quote({ name, words }, onclick) {
  const parts = [
    el("span", { class: "quote-name" }, name),
    el("span", { class: "quote-words" }, words),
  ];
  return onclick
    ? el("button", { type: "button", class: "quote", testid: "quote", onclick }, ...parts)
    : el("div", { class: "quote" }, ...parts);
}
