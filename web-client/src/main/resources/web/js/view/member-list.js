import { onChange } from "../emitter.js";
import { isForGood, timeLeft } from "../text/durations.js";
import { momentOf } from "../text/times.js";
import { faceOf } from "./avatar.js";
import { coalesced, el, iconButton, Keyed, setChildren } from "./dom.js";
import { memberActions, openMemberMenu } from "./member-menu.js";
import { readingStatus } from "./reading-status.js";
import { ticking } from "./ticking.js";

const RANK = { owner: 0, admin: 1, member: 2 };

/** From this many members on the list can be searched. */
const SEARCH_FROM = 12;

/** The group's members with their roles and mutes, each with a menu of what may be done to them. */
export function memberList(client, groupId) {
  const { members, people, conversations } = client;
  const search = el("input", {
    type: "search",
    placeholder: "Search members",
    "aria-label": "Search members",
    hidden: true,
    testid: "member-search",
  });
  const list = el("ul", { class: "people", testid: "members" });
  const status = readingStatus(members.reading, "Nobody goes by that name.");
  const keyed = new Keyed();

  const render = () => {
    search.hidden = members.list.length < SEARCH_FROM;
    const word = search.hidden ? "" : search.value.trim().toLowerCase();
    const shown = sorted(members.list).filter(({ userId, nickname }) =>
      `${members.name(userId)} ${nickname}`.toLowerCase().includes(word),
    );
    status.render(members.list.length > 0 && shown.length === 0);
    setChildren(list, keyed.elements(shown.map((member) => row(client, groupId, member))));
  };

  search.addEventListener("input", render);
  const unlisten = [
    onChange([members, people, conversations], coalesced(render)),
    ticking(() => members.list.some(({ mutedUntilAt }) => mutedUntilAt) && render()),
  ];
  render();
  return {
    node: el("div", { class: "stack" }, search, list, status.node),
    dispose: () => unlisten.forEach((off) => off()),
  };
}

function sorted(members) {
  return [...members].sort((a, b) => RANK[a.role] - RANK[b.role] || a.joinedAt - b.joinedAt);
}

function row(client, groupId, member) {
  const { userId, role, nickname, groupNickname, mutedUntilAt = 0 } = member;
  const name = client.members.name(userId);
  const you = userId === client.me ? " (you)" : "";
  const left = mutedUntilAt - client.serverNow;
  const muted = left > 0 && (isForGood(mutedUntilAt) ? "muted" : `muted for ${timeLeft(left)}`);
  const actions = memberActions(client, groupId, member);
  const make = () =>
    el(
      "li",
      { class: "person", testid: "member", "data-user-id": userId },
      faceOf(client, userId, name),
      el(
        "span",
        { class: "person-name" },
        name + you,
        groupNickname && groupNickname !== nickname && el("small", {}, nickname),
        muted && mutedBadge(client, muted, mutedUntilAt),
      ),
      role !== "member" && el("span", { class: "role", testid: "role" }, role),
      actions.length > 0 &&
        iconButton("more", `What to do with ${name}`, {
          "aria-haspopup": "menu",
          testid: "member-menu",
          onclick: ({ currentTarget }) => openMemberMenu(client, groupId, userId, currentTarget),
        }),
    );
  const picture = client.people.get(userId)?.avatarUrl;
  const ways = actions.map(([, words]) => words);
  const shows = JSON.stringify([name, nickname, picture, role, muted, ways]);
  return { key: userId, shows, make };
}

function mutedBadge(client, words, untilAt) {
  const title = isForGood(untilAt)
    ? "Muted until somebody lifts it"
    : `Muted until ${momentOf(untilAt, client.serverNow)}`;
  return el("small", { title, testid: "muted-badge" }, words);
}
