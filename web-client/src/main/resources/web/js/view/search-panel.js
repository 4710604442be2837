import { PagedItems } from "../model/paged-items.js";
import { gist } from "../text/preview.js";
import { briefTime, wholeTime } from "../text/times.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { pagedRows } from "./paged-rows.js";

const WAIT_MS = 300;

/** Searches one group's messages while the person types; a result leads to its place in the chat. */
export function searchPanel(client, groupId, { jumpTo }) {
  const input = el("input", {
    type: "search",
    placeholder: "Search in this group",
    "aria-label": "Search in this group",
    autofocus: true,
    maxlength: 100,
    testid: "search-input",
  });
  const results = el("div");
  let asked = 0;
  let timer = null;

  const search = async () => {
    const query = input.value.trim();
    const mine = ++asked;
    if (!query) {
      results.replaceChildren();
      return;
    }
    const found = new PagedItems(async (page) => {
      const wish = { groupId, query, ...page };
      const { messages, nextCursor } = await client.request("message.search", wish);
      return { items: messages, nextCursor };
    });
    const list = pagedRows(found, {
      row: (message) => ({
        key: message.seq,
        shows: "",
        make: () => result(client, message, query, jumpTo),
      }),
      none: "Nothing found.",
      testid: "search-results",
      kind: "results",
    });
    if (results.childElementCount > 0) {
      await found.more(); // what was found before stands until then
    }
    if (mine === asked) {
      results.replaceChildren(list.node);
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, WAIT_MS);
  });
  const body = el(
    "div",
    { class: "panel-body stack" },
    el("div", { class: "search-field" }, icon("search"), input),
    results,
  );
  return { title: "Search", body, dispose: () => clearTimeout(timer) };
}

function result(client, message, query, jumpTo) {
  return el(
    "li",
    {},
    el(
      "button",
      {
        type: "button",
        class: "result",
        testid: "search-result",
        onclick: () => jumpTo(message.seq),
      },
      el("span", { class: "sender" }, client.members.name(message.senderId)),
      el("time", { title: wholeTime(message.sentAt) }, briefTime(message.sentAt, client.serverNow)),
      el("span", { class: "result-words" }, ...marked(gist(message), query)),
    ),
  );
}

/** The words with what was searched for in `mark` elements. */
function marked(words, query) {
  const parts = [];
  const low = words.toLowerCase();
  let at = 0;
  for (
    let found = low.indexOf(query.toLowerCase());
    found >= 0;
    found = low.indexOf(query.toLowerCase(), at)
  ) {
    parts.push(words.slice(at, found), el("mark", {}, words.slice(found, found + query.length)));
    at = found + query.length;
  }
  return [...parts, words.slice(at)];
}
