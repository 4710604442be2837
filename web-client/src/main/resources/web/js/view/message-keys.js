/**
 * Going through the messages by keyboard: Arrow Up in an empty message field, or Enter on the list,
 * begins with the newest; the arrows move, Enter opens a message's menu, Escape goes back to writing.
 *
 * @param list the element that scrolls
 * @param write puts the focus into the message field
 */
export function messageKeys(list, write) {
  const messages = () => [...list.querySelectorAll("article[data-seq]")];

  list.addEventListener("keydown", (event) => {
    const all = messages();
    const at = all.indexOf(document.activeElement);
    if (at < 0 && !(event.target === list && event.key === "Enter")) {
      return;
    }
    const moves = {
      ArrowUp: () => all[Math.max(0, at - 1)].focus(),
      ArrowDown: () => (at + 1 < all.length ? all[at + 1].focus() : write()),
      Enter: () =>
        at < 0 ? all.at(-1)?.focus() : all[at].querySelector("[aria-haspopup]").click(),
      Escape: write,
    };
    if (event.key in moves) {
      event.preventDefault();
      moves[event.key]();
    }
  });

  return { focusNewest: () => messages().at(-1)?.focus() };
}
