import { coalesced, el, Keyed, setChildren } from "./dom.js";
import { explain } from "./problems.js";

/**
 * A list of the model, with a button that reads on.
 *
 * @param row makes of an item what Keyed takes, with an `li`
 * @param none says what is said where there is nothing
 * @returns `{node, dispose}`
 */
export function pagedRows(pages, { row, none, testid, kind = "", words }) {
  const list = el("ul", { class: kind, testid });
  const status = el("p", { class: "hint", role: "status" });
  const more = el("button", {
    type: "button",
    class: "button quiet",
    testid: `${testid}-more`,
    onclick: () => {
      pages.more();
      render();
    },
  });
  const keyed = new Keyed();
  const render = () => {
    const { items, loaded, problem, reading, hasMore } = pages;
    setChildren(list, keyed.elements(items.map(row)));
    status.textContent = problem
      ? explain(problem, words)
      : !loaded
        ? "Asking…"
        : items.length === 0
          ? none()
          : "";
    status.hidden = !status.textContent;
    more.textContent = problem ? "Try again" : "More";
    more.hidden = !(problem || (loaded && hasMore));
    more.disabled = reading;
  };
  const unlisten = pages.on("change", render);
  pages.more();
  render();
  return {
    node: el("div", { class: "stack" }, list, status, more),
    render: coalesced(render),
    dispose: unlisten,
  };
}
