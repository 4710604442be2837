import { gist } from "../text/preview.js";
import { briefTime, wholeTime } from "../text/times.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { explain } from "./problems.js";

const WAIT_MS = 300;
const PAGE = 30;

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
  const status = el("p", { class: "hint", role: "status", testid: "search-status" });
  const results = el("ul", { class: "results", testid: "search-results" });
  const more = el("button", { type: "button", class: "button quiet", hidden: true }, "More");
  let asked = 0;
  let timer = null;

  const ask = async (cursor) => {
    const query = input.value.trim();
    const mine = ++asked;
    more.hidden = true;
    if (!query) {
      results.replaceChildren();
      status.textContent = "";
      return;
    }
    try {
      const { messages, nextCursor } = await client.request("message.search", {
        groupId,
        query,
        cursor,
        limit: PAGE,
      });
      if (mine !== asked) {
        return; // something else was typed meanwhile
      }
      if (!cursor) {
        results.replaceChildren();
      }
      results.append(...messages.map((message) => result(client, message, query, jumpTo)));
      status.textContent = results.childElementCount === 0 ? "Nothing found." : "";
      more.hidden = !nextCursor;
      more.onclick = () => ask(nextCursor);
    } catch (error) {
      status.textContent = explain(error);
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  const body = el(
    "div",
    { class: "panel-body stack" },
    el("div", { class: "search-field" }, icon("search"), input),
    status,
    results,
    more,
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
