import { PagedItems } from "../model/paged-items.js";
import { act } from "./act.js";
import { avatar } from "./avatar.js";
import { el } from "./dom.js";
import { pagedRows } from "./paged-rows.js";

/** Who is kept out of the group, to let back in. */
export function bansPanel(client, groupId) {
  const bans = new PagedItems(async (page) => {
    const { users, nextCursor } = await client.request("group.bans", { groupId, ...page });
    return { items: users, nextCursor };
  });
  const list = pagedRows(bans, {
    row: (user) => ({
      key: user.userId,
      shows: "",
      make: () => banned(client, groupId, user, () => bans.refresh()),
    }),
    none: "Nobody is banned.",
    testid: "bans",
    kind: "people",
  });
  return {
    title: "Banned people",
    body: el(
      "div",
      { class: "panel-body stack" },
      el("p", { class: "hint" }, "They cannot join, whatever link they have."),
      list.node,
    ),
  };
}

function banned(client, groupId, { userId, nickname, username, avatarUrl }, ondone) {
  const unban = async () => {
    const done = await act(
      () => client.request("group.unban", { groupId, userId }),
      `${nickname} may join again.`,
    );
    if (done) {
      ondone();
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
