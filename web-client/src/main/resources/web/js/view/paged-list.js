import { el } from "./dom.js";
import { explain } from "./problems.js";

/**
 * A list that is read page by page, the next one on demand: `{node, first}`, where `first` resolves
 * once its first page was asked for, whatever came of it.
 *
 * @param read reads the page at a cursor: resolves with `{items, nextCursor}`
 * @param row makes the `li` of an item; gets the function that takes it out of the list, too
 * @param none what is said where there is nothing
 */
export function pagedList({ read, row, none, testid, kind = "" }) {
  const list = el("ul", { class: kind, testid });
  const status = el("p", { class: "hint", role: "status", testid: `${testid}-status` }, "Asking…");
  const more = el("button", { type: "button", class: "button quiet", hidden: true }, "More");
  let next;

  const say = (words) => {
    status.textContent = words;
    status.hidden = !words;
  };
  const offer = (words, cursor) => {
    more.textContent = words;
    more.hidden = false;
    more.onclick = () => ask(cursor);
  };
  const ask = async (cursor) => {
    more.disabled = true;
    try {
      const { items, nextCursor } = await read(cursor);
      next = nextCursor;
      list.append(...items.map(lineOf));
      more.hidden = true;
      settle();
    } catch (error) {
      say(explain(error));
      offer("Try again", cursor);
    }
    more.disabled = false;
  };
  const settle = () => {
    const empty = list.childElementCount === 0;
    say(empty && !next ? none : "");
    if (empty && next) {
      ask(next);
    } else if (next) {
      offer("More", next);
    }
  };
  const lineOf = (item) => {
    const line = row(item, () => {
      line.remove();
      settle();
    });
    return line;
  };

  return { first: ask(), node: el("div", { class: "stack" }, list, status, more) };
}
