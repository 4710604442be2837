import { act } from "./act.js";
import { avatar } from "./avatar.js";
import { el } from "./dom.js";
import { pagedList } from "./paged-list.js";

/** Who is kept out of the group, to let back in. */
export function bansPanel(client, groupId) {
  const read = async (cursor) => {
    const { users, nextCursor } = await client.request("group.bans", { groupId, cursor });
    return { items: users, nextCursor };
  };
  const row = (user, takeOut) => banned(client, groupId, user, takeOut);
  return {
    title: "Banned people",
    body: el(
      "div",
      { class: "panel-body stack" },
      el("p", { class: "hint" }, "They cannot join, whatever link they have."),
      pagedList({ read, row, none: "Nobody is banned.", testid: "bans", kind: "people" }).node,
    ),
  };
}

function banned(client, groupId, { userId, nickname, username, avatarUrl }, takeOut) {
  const unban = async () => {
    const done = await act(
      () => client.request("group.unban", { groupId, userId }),
      `${nickname} may join again.`,
    );
    if (done) {
      takeOut();
    }
  };
  return el(
    "li",
    { class: "person", testid: "ban" },
    avatar(userId, nickname, { url: avatarUrl }),
    el("span", { class: "person-name" }, nickname, el("small", {}, `@${username}`)),
    el(
      "button",
      {
        type: "button",
        class: "link",
        testid: "unban",
        "aria-label": `Lift the ban of ${nickname}`,
        onclick: unban,
      },
      "Lift the ban",
    ),
  );
}
