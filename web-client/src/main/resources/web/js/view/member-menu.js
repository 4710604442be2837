import { may } from "../model/roles.js";
import { act } from "./act.js";
import { confirmDialog } from "./dialog.js";
import { openMenu } from "./menu.js";
import { openMute, unmute } from "./mute-dialog.js";

/** What this user may do to a member: items for a menu, none where there is nothing. */
export function memberActions(client, groupId, member) {
  const { userId, role, mutedUntilAt = 0 } = member;
  const own = client.conversations.get(groupId)?.role;
  const to = (what) => userId !== client.me && may(own, what, role);
  const target = { userId, name: client.members.name(userId) };
  const muted = mutedUntilAt > client.serverNow;
  return [
    to("setRole") &&
      role === "member" && ["up", "Make an admin", () => setRole(client, groupId, target, "admin")],
    to("setRole") &&
      role === "admin" && [
        "down",
        "Take back the admin role",
        () => setRole(client, groupId, target, "member"),
      ],
    to("mute") && muted && ["bell", "Unmute", () => unmute(client, groupId, target)],
    to("mute") && [
      "muted",
      muted ? "Mute for longer or shorter…" : "Mute…",
      () => openMute(client, groupId, target),
    ],
    to("transfer") && ["crown", "Hand the group over…", () => handOver(client, groupId, target)],
    to("remove") && ["leave", "Remove…", () => remove(client, groupId, target, false)],
    to("remove") && ["ban", "Remove and ban…", () => remove(client, groupId, target, true)],
  ].filter(Boolean);
}

/** Opens that menu at a button. */
export function openMemberMenu(client, groupId, userId, button) {
  const member = client.members.get(userId);
  if (member) {
    openMenu(button, memberActions(client, groupId, member));
  }
}

function setRole(client, groupId, { userId }, role) {
  act(() => client.request("group.set_role", { groupId, userId, role }));
}

/** Asks whether somebody else shall own the group, and hands it over. */
function handOver(client, groupId, { userId, name }) {
  confirmDialog({
    title: `Hand the group over to ${name}?`,
    text: `${name} owns the group from then on, and you are an admin. Only ${name} can undo it.`,
    action: "Hand over",
    onconfirm: () => act(() => client.request("group.transfer", { groupId, userId })),
  });
}

function remove(client, groupId, { userId, name }, ban) {
  confirmDialog({
    title: `Remove ${name}${ban ? " and keep them out" : ""}?`,
    text: ban
      ? `${name} leaves the group at once and cannot come back until the ban is lifted.`
      : `${name} leaves the group at once, and may come back with an invitation.`,
    action: ban ? "Remove and ban" : "Remove",
    onconfirm: () => act(() => client.request("group.remove", { groupId, userIds: [userId], ban })),
  });
}
