import { avatar } from "./avatar.js";
import { confirmDialog } from "./dialog.js";
import { el, Keyed, setChildren } from "./dom.js";
import { icon } from "./icons.js";
import { openInvite } from "./invite-dialog.js";
import { notify } from "./notices.js";
import { explain } from "./problems.js";

const RANK = { owner: 0, admin: 1, member: 2 };

/** A group's members and this user's settings of it. */
export function detailsPanel(client, groupId, { close }) {
  const settings = el("div", { class: "stack" });
  const announcement = el("p", { class: "announcement", hidden: true });
  const members = el("ul", { class: "people", testid: "members" });
  const switches = new Keyed();
  const people = new Keyed();

  const render = () => {
    const conversation = client.conversations.get(groupId);
    if (!conversation) {
      return;
    }
    announcement.textContent = conversation.group.announcement ?? "";
    announcement.hidden = !announcement.textContent;
    const toggles = [
      toggle(client, conversation, "pinned", "Keep at the top"),
      toggle(client, conversation, "doNotDisturb", "Do not disturb"),
    ];
    setChildren(settings, switches.elements(toggles));
  };
  const renderMembers = () =>
    setChildren(members, people.elements(sorted(client).map((member) => person(client, member))));

  const unlisten = [
    client.conversations.on("change", render),
    client.members.on("change", renderMembers),
    client.people.on("change", renderMembers),
  ];
  render();
  renderMembers();

  const body = el(
    "div",
    { class: "panel-body stack", testid: "details" },
    announcement,
    settings,
    el("h3", {}, "Members"),
    el(
      "button",
      {
        type: "button",
        class: "button quiet",
        testid: "details-invite",
        onclick: () => openInvite(client, groupId),
      },
      icon("invite"),
      "Invite people",
    ),
    members,
    el("hr", {}),
    el(
      "button",
      {
        type: "button",
        class: "button quiet",
        testid: "leave-group",
        onclick: () => askToLeave(client, groupId, close),
      },
      icon("leave"),
      "Leave the group",
    ),
  );
  return { title: "Group", body, dispose: () => unlisten.forEach((off) => off()) };
}

function sorted({ members }) {
  return [...members.list].sort((a, b) => RANK[a.role] - RANK[b.role] || a.joinedAt - b.joinedAt);
}

function person(client, { userId, role }) {
  const name = client.members.name(userId);
  const you = userId === client.me ? " (you)" : "";
  const make = () =>
    el(
      "li",
      { class: "person", testid: "member", "data-user-id": userId },
      avatar(userId, name),
      el("span", {}, name + you),
      role !== "member" && el("span", { class: "role" }, role),
    );
  return { key: userId, shows: JSON.stringify([name, role]), make };
}

/** A switch for one of the user's settings of the conversation. */
function toggle(client, conversation, setting, words) {
  const on = conversation[setting];
  const { groupId } = conversation.group;
  const change = async (event) => {
    try {
      client.conversations.take(
        await client.request("conversation.update", { groupId, [setting]: !on }),
      );
    } catch (error) {
      event.target.checked = on;
      notify(explain(error));
    }
  };
  const make = () =>
    el(
      "label",
      { class: "switch" },
      el("span", {}, words),
      el("input", {
        type: "checkbox",
        role: "switch",
        checked: on,
        onchange: change,
        testid: `set-${setting}`,
      }),
    );
  return { key: setting, shows: String(on), make };
}

function askToLeave(client, groupId, close) {
  confirmDialog({
    title: "Leave the group?",
    text: "You will not get its messages any more.",
    action: "Leave",
    onconfirm: async () => {
      try {
        await client.request("group.leave", { groupId });
        close();
      } catch (error) {
        notify(explain(error));
      }
    },
  });
}
