import { coalesced, el, Keyed, setChildren } from "./dom.js";
import { readingStatus } from "./reading-status.js";

/**
 * PagedItems as a list that follows their changes, with a button that reads on: `{node, render,
 * dispose}`.
 *
 * @param row makes of an item what Keyed takes, with an `li`
 * @param none what is said where there is nothing, or a function that gives it
 */
export function pagedRows(pages, { row, none, testid, kind = "" }) {
  const list = el("ul", { class: kind, testid });
  const status = readingStatus(pages, none);
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
    status.render(items.length === 0);
    more.textContent = problem ? "Try again" : "More";
    more.hidden = !(problem || (loaded && hasMore));
    more.disabled = reading;
  };
  const dispose = pages.on("change", render);
  pages.more();
  render();
  return {
    node: el("div", { class: "stack" }, list, status.node, more),
    render: coalesced(render),
    dispose,
  };
}
