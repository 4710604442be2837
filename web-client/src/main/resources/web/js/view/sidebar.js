import { unreadText } from "../model/unread.js";
import { preview } from "../text/preview.js";
import { briefTime, wholeTime } from "../text/times.js";
import { openAccount } from "./account-dialog.js";
import { faceOf, groupAvatar } from "./avatar.js";
import { coalesced, el, iconButton, Keyed, setChildren } from "./dom.js";
import { openFaceToFace } from "./face-dialog.js";
import { icon } from "./icons.js";
import { openNewGroup } from "./new-group-dialog.js";
import { groupAddress, routedGroup } from "./route.js";
import { openWallet } from "./wallet-dialog.js";

/** The conversations, newest activity first, and the ways to a new one and to the account. */
export function sidebar(client) {
  const list = el("ul", { class: "conversations", testid: "conversations" });
  const empty = el(
    "div",
    { class: "nothing", hidden: true },
    el("p", {}, "No groups yet."),
    el(
      "p",
      { class: "hint" },
      "Create one and send its link to your friends, or open a link that you were sent.",
    ),
    el(
      "button",
      { type: "button", class: "button", onclick: () => openNewGroup(client) },
      "Create a group",
    ),
    el(
      "button",
      { type: "button", class: "button quiet", onclick: () => openFaceToFace(client) },
      icon("keypad"),
      "Meet face to face",
    ),
  );
  const me = el("button", {
    type: "button",
    class: "account-button",
    testid: "account",
    onclick: () => openAccount(client),
  });
  const keyed = new Keyed();
  const keyedMe = new Keyed();

  const render = coalesced(() => {
    setChildren(me, keyedMe.elements(own(client)));
    me.setAttribute("aria-label", `Your account: ${client.account.current?.nickname}`);
    const conversations = client.conversations.list();
    empty.hidden =
      !client.conversations.loaded || conversations.length + client.asked.list.length > 0;
    const rows = conversations.map((each) => row(client, each));
    const waiting = client.asked.list.map((each) => askedRow(client, each));
    setChildren(list, keyed.elements([...waiting, ...rows]));
  });

  client.conversations.on("change", render);
  client.people.on("change", render);
  client.asked.on("change", render);
  addEventListener("hashchange", render);
  setInterval(render, 60_000); // days pass
  render();

  return el(
    "aside",
    { class: "sidebar", "aria-label": "Conversations" },
    el(
      "header",
      { class: "sidebar-header" },
      me,
      iconButton("wallet", "Wallet", {
        class: "icon-button",
        testid: "open-wallet",
        onclick: () => openWallet(client),
      }),
      iconButton("keypad", "Meet face to face", {
        class: "icon-button",
        testid: "face-to-face",
        onclick: () => openFaceToFace(client),
      }),
      iconButton("plus", "New group", {
        class: "icon-button main",
        testid: "new-group",
        onclick: () => openNewGroup(client),
      }),
    ),
    el("nav", { class: "sidebar-list" }, list, empty),
  );
}

/** The user's own picture and name. */
function own(client) {
  const { nickname = "" } = client.account.current ?? {};
  const url = client.people.get(client.me)?.avatarUrl;
  return [
    {
      key: "picture",
      shows: JSON.stringify([client.me, nickname, url]),
      make: () => faceOf(client, client.me, nickname),
    },
    {
      key: "name",
      shows: nickname,
      make: () => el("span", { class: "account-name" }, nickname),
    },
  ];
}

/** A group that this user asked to join, and that has not let them in yet. */
function askedRow(client, group) {
  const shown = {
    group,
    at: group.askedAt,
    time: briefTime(group.askedAt, Date.now()),
    current: group.groupId === routedGroup(),
  };
  const make = () =>
    line({ ...shown, kind: "asked", testid: "asked-conversation" }, [
      icon("clock"),
      el("span", { class: "conversation-preview" }, "Waiting for approval"),
    ]);
  return { key: `asked ${group.groupId}`, shows: JSON.stringify(shown), make };
}

function row(client, { group, unread, mentioned, pinned, doNotDisturb, lastMessage }) {
  const { groupId, name, avatarUrl, createdAt } = group;
  const at = lastMessage?.sentAt ?? createdAt;
  const nameOf = (userId) => client.people.name(userId);
  const words = lastMessage ? preview(lastMessage, nameOf, client.me) : "No messages yet";
  const badge = unreadText(unread);
  const shown = {
    group: { groupId, name, avatarUrl },
    at,
    time: briefTime(at, client.serverNow),
    current: groupId === routedGroup(),
  };
  const make = () =>
    line({ ...shown, testid: "conversation" }, [
      mentioned && el("strong", { class: "mentioned", testid: "mentioned" }, "[@ you]"),
      el("span", { class: "conversation-preview", testid: "preview" }, words),
      pinned && icon("pin"),
      doNotDisturb && icon("muted"),
      badge && unreadBadge(badge, doNotDisturb),
    ]);
  const shows = JSON.stringify([shown, words, badge, mentioned, pinned, doNotDisturb]);
  return { key: groupId, shows, make };
}

/** @param parts what stands under the group's name */
function line({ group, at, time, current, kind = "", testid }, parts) {
  const { groupId, name } = group;
  return el(
    "li",
    {},
    el(
      "a",
      {
        href: groupAddress(groupId),
        class: `conversation ${kind}`,
        "aria-current": current && "page",
        testid,
      },
      groupAvatar(group),
      el("span", { class: "conversation-name" }, name),
      el(
        "time",
        { class: "conversation-time", datetime: new Date(at).toISOString(), title: wholeTime(at) },
        time,
      ),
      el("span", { class: "conversation-line" }, ...parts),
    ),
  );
}

function unreadBadge(badge, quiet) {
  return el(
    "span",
    {
      class: quiet ? "badge quiet" : "badge",
      testid: "unread-badge",
      "aria-label": `${badge} unread`,
    },
    badge,
  );
}
