import { faceOf } from "./avatar.js";
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { explain } from "./problems.js";

const SHOWN_MAX = 200;

/** Who has read a message, and who has not. */
export function openReaders(client, groupId, seq) {
  const body = el(
    "div",
    { class: "stack", testid: "readers" },
    el("p", { class: "hint" }, "Asking…"),
  );
  openDialog({ title: "Who has read it", testid: "readers-dialog", body: () => body });
  const ask = (read) => client.request("message.readers", { groupId, seq, read, limit: SHOWN_MAX });
  Promise.all([ask(true), ask(false)]).then(
    ([readers, others]) =>
      body.replaceChildren(
        ...list(client, `Read by ${readers.readCount}`, readers),
        ...list(client, `Not yet by ${others.unreadCount}`, others),
      ),
    (error) => body.replaceChildren(el("p", { class: "problem" }, explain(error))),
  );
}

function list(client, title, { userIds, nextCursor }) {
  const people = userIds.map((userId) => {
    const name = client.members.name(userId);
    return el("li", { class: "person" }, faceOf(client, userId, name), el("span", {}, name));
  });
  return [
    el("h3", {}, title),
    el("ul", { class: "people" }, ...people),
    nextCursor && el("p", { class: "hint" }, "… and more"),
  ].filter(Boolean);
}
