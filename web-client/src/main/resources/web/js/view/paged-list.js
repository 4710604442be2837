import { el } from "./dom.js";
import { explain } from "./problems.js";

/**
 * A list that is read page by page, the next one on demand.
 *
 * @param read reads the page at a cursor: resolves with `{rows, nextCursor}`, rows as `li` elements
 * @param none what is said where there is nothing
 */
export function pagedList({ read, none, testid, kind = "" }) {
  const list = el("ul", { class: kind, testid });
  const status = el("p", { class: "hint", role: "status" }, "Asking…");
  const more = el("button", { type: "button", class: "button quiet", hidden: true }, "More");

  const ask = async (cursor) => {
    more.disabled = true;
    try {
      const { rows, nextCursor } = await read(cursor);
      list.append(...rows);
      status.textContent = list.childElementCount === 0 ? none : "";
      more.textContent = "More";
      more.hidden = !nextCursor;
      more.onclick = () => ask(nextCursor);
    } catch (error) {
      status.textContent = explain(error);
      more.textContent = "Try again";
      more.hidden = false;
      more.onclick = () => ask(cursor);
    }
    status.hidden = !status.textContent;
    more.disabled = false;
  };

  ask();
  return el("div", { class: "stack" }, list, status, more);
}
