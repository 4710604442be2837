import { onChange } from "../emitter.js";
import { may, mayInvite } from "../model/roles.js";
import { groupAvatar } from "./avatar.js";
import { coalesced, el, Keyed, setChildren } from "./dom.js";
import { openInvite } from "./invite-dialog.js";
import { askForHeir, askToDissolve, askToLeave } from "./leave-dialog.js";
import { memberList } from "./member-list.js";
import { openNickname } from "./nickname-dialog.js";
import { rowButton } from "./row-button.js";
import { settingToggles } from "./setting-toggles.js";

/** A group: what it announces, what this user can do with it and may do in it, and its members. */
export function detailsPanel(client, groupId, { open }) {
  const parts = el("div", { class: "stack" });
  const after = el("div", { class: "rows-of-buttons" });
  const title = el("h3", {});
  const members = memberList(client, groupId);
  const keyed = new Keyed();
  const keyedAfter = new Keyed();

  const render = () => {
    const conversation = client.conversations.get(groupId);
    if (conversation) {
      title.textContent = `Members (${conversation.group.memberCount})`;
      setChildren(parts, keyed.elements(above(client, conversation, open)));
      setChildren(after, keyedAfter.elements(below(client, conversation)));
    }
  };
  const { conversations, pins, joinRequests } = client;
  const unlisten = onChange([conversations, client.members, pins, joinRequests], coalesced(render));
  render();
  return {
    title: "Group",
    body: el(
      "div",
      { class: "panel-body stack", testid: "details" },
      parts,
      title,
      members.node,
      el("hr", {}),
      after,
    ),
    dispose: () => {
      members.dispose();
      unlisten();
    },
  };
}

/** What stands above the members. */
function above(client, { group, role, pinned, doNotDisturb }, open) {
  const { groupId, name, avatarUrl, announcement, rules } = group;
  const manages = may(role, "manage");
  const own = client.members.get(client.me);
  const pins = client.pins.list.length;
  const asked = client.joinRequests.countText;
  return [
    part("head", [name, avatarUrl], () => head(group)),
    announcement &&
      part("announcement", [announcement], () =>
        el("p", { class: "announcement", dir: "auto", testid: "announcement" }, announcement),
      ),
    part("ways", [manages, role, rules.invitePolicy, pins, asked, own?.groupNickname], () =>
      el(
        "div",
        { class: "rows-of-buttons" },
        mayInvite(role, rules) &&
          rowButton("invite", manages ? "Invite by link or QR code" : "Invite people", {
            testid: "details-invite",
            onclick: () => openInvite(client, groupId),
          }),
        manages &&
          rowButton("door", "Requests to join", {
            note: asked && el("span", { class: "badge", testid: "request-count" }, asked),
            testid: "open-requests",
            onclick: () => open("requests"),
          }),
        rowButton("pin", "Pinned messages", {
          note: pins > 0 && String(pins),
          testid: "open-pins",
          onclick: () => open("pins"),
        }),
        manages &&
          rowButton("settings", "Name, rules, announcement", {
            testid: "open-settings",
            onclick: () => open("settings"),
          }),
        manages &&
          rowButton("ban", "Banned people", { testid: "open-bans", onclick: () => open("bans") }),
        manages &&
          rowButton("list", "Who did what", { testid: "open-audit", onclick: () => open("audit") }),
        rowButton("edit", "My name in this group", {
          note: own?.groupNickname,
          testid: "open-nickname",
          onclick: () => openNickname(client, groupId),
        }),
      ),
    ),
    part("toggles", [pinned, doNotDisturb], () =>
      settingToggles(client, { groupId, pinned, doNotDisturb }),
    ),
  ].filter(Boolean);
}

/** What stands below the members: the ways out. */
function below(client, { group, role }) {
  const { groupId, memberCount } = group;
  return [
    role === "owner" &&
      memberCount > 1 &&
      part("heir", [], () =>
        rowButton("crown", "Hand the group over", {
          testid: "open-heir",
          onclick: () => askForHeir(client, groupId),
        }),
      ),
    part("leave", [], () =>
      rowButton("leave", "Leave the group", {
        testid: "leave-group",
        kind: "warning",
        onclick: () => askToLeave(client, groupId),
      }),
    ),
    may(role, "dissolve") &&
      part("dissolve", [], () =>
        rowButton("bin", "Dissolve the group", {
          testid: "dissolve-group",
          kind: "warning",
          onclick: () => askToDissolve(client, groupId),
        }),
      ),
  ].filter(Boolean);
}

const part = (key, shows, make) => ({ key, shows: JSON.stringify(shows), make });

function head(group) {
  return el(
    "div",
    { class: "panel-head" },
    groupAvatar(group),
    el("p", { class: "panel-name", testid: "panel-name" }, group.name),
  );
}
