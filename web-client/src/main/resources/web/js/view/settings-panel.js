import { changesOf } from "../model/group-changes.js";
import { duration } from "../text/durations.js";
import { avatarPicker } from "./avatar-picker.js";
import { groupAvatar } from "./avatar.js";
import { el } from "./dom.js";
import { choice, field, form, textArea } from "./form.js";

const CHARACTERS_MAX = { name: 64, announcement: 2_000, joinQuestion: 200 };

const SLOW_MODES_MS = [10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000];

/** Name, announcement and rules of a group, for owner and admins. */
export function settingsPanel(client, groupId, { back }) {
  const { group } = client.conversations.get(groupId);
  const element = form({
    testid: "group-settings",
    fields: [...texts(group), el("h3", {}, "Coming in"), ...comingIn(group), ...writing(group)],
    action: "Save",
    actionTestid: "save-group",
    submit: async (values) => {
      const changes = changesOf(values, group);
      if (Object.keys(changes).length > 0) {
        await client.request("group.update", { groupId, ...changes });
      }
      back();
    },
  });
  const question = element.querySelector("[name=joinQuestion]").closest("label");
  const policy = element.querySelector("[name=joinPolicy]");
  const onlyWhereAsked = () => (question.hidden = policy.value !== "approval");
  policy.addEventListener("change", onlyWhereAsked);
  onlyWhereAsked();
  return {
    title: "Name and rules",
    body: el(
      "div",
      { class: "panel-body" },
      client.has("avatars") && picturePart(client, groupId),
      element,
    ),
  };
}

function picturePart(client, groupId) {
  return avatarPicker(client, {
    picture: () => groupAvatar(client.conversations.get(groupId).group),
    save: async (avatarMediaId) => {
      await client.request("group.update", { groupId, avatarMediaId });
      await client.conversations.refresh();
    },
  });
}

function texts({ name, announcement }) {
  return [
    field("Name of the group", {
      name: "name",
      required: true,
      maxlength: CHARACTERS_MAX.name,
      value: name,
      testid: "edit-name",
    }),
    textArea("Announcement", {
      name: "announcement",
      maxlength: CHARACTERS_MAX.announcement,
      value: announcement,
      testid: "edit-announcement",
    }),
  ];
}

function comingIn({ rules }) {
  return [
    choice("Who may join", { name: "joinPolicy", value: rules.joinPolicy, testid: "join-policy" }, [
      ["invite_only", "By invitation or link"],
      ["approval", "By approval of an admin"],
      ["open", "Everybody"],
    ]),
    field(
      "Question to who asks to join",
      {
        name: "joinQuestion",
        maxlength: CHARACTERS_MAX.joinQuestion,
        value: rules.joinQuestion ?? "",
        placeholder: "Where do we know you from?",
        testid: "join-question",
      },
      "They have to answer it. Leave it empty to ask nothing.",
    ),
    choice(
      "Who may invite",
      { name: "invitePolicy", value: rules.invitePolicy, testid: "invite-policy" },
      [
        ["everyone", "All members"],
        ["admins", "Owner and admins"],
      ],
    ),
    choice(
      "What new members see",
      { name: "historyPolicy", value: rules.historyPolicy, testid: "history-policy" },
      [
        ["all", "The whole history"],
        ["since_join", "Only what comes afterwards"],
      ],
    ),
  ];
}

function writing({ rules }) {
  const slow = rules.slowModeMs ?? 0;
  const modes =
    SLOW_MODES_MS.includes(slow) || slow === 0 ? SLOW_MODES_MS : [slow, ...SLOW_MODES_MS];
  return [
    el("h3", {}, "Writing"),
    choice(
      "Who may write",
      { name: "postPolicy", value: rules.postPolicy, testid: "post-policy" },
      [
        ["everyone", "All members"],
        ["admins", "Only owner and admins"],
      ],
    ),
    choice(
      "Slow mode",
      { name: "slowModeMs", value: slow, testid: "slow-mode" },
      [[0, "Off"], ...modes.map((ms) => [ms, `One message every ${duration(ms)}`])],
      "Owner and admins need not wait.",
    ),
  ];
}
