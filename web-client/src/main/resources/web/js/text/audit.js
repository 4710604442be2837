import { duration, isForGood } from "./durations.js";
import { listed } from "./sentences.js";
import { quoted, settingsChanged } from "./settings.js";
import { momentOf } from "./times.js";

const ACTIONS = {
  group_created: () => "created the group",
  group_updated: ({ after }) => settingsChanged(after ?? {}).join("; ") || "changed the settings",
  group_dissolved: () => "dissolved the group",
  members_joined: ({ targets, actorId, targetIds }) =>
    targetIds.some((id) => id !== actorId) ? `added ${targets}` : "joined",
  member_left: () => "left",
  members_removed: ({ targets }) => `removed ${targets}`,
  members_banned: ({ targets }) => `banned ${targets}`,
  member_unbanned: ({ targets }) => `lifted the ban of ${targets}`,
  member_muted: ({ targets, after, at }) =>
    after?.untilAt
      ? `muted ${targets}${isForGood(after.untilAt) ? "" : ` until ${momentOf(after.untilAt, at)}`}`
      : `lifted the mute of ${targets}`,
  role_changed: ({ targets, after }) =>
    after?.role === "admin" ? `made ${targets} an admin` : `took back the admin role of ${targets}`,
  owner_changed: ({ targets }) => `handed the group over to ${targets}`,
  request_accepted: ({ targets }) => `accepted the request of ${targets}`,
  request_declined: ({ targets }) => `declined the request of ${targets}`,
  invite_code_made: ({ after, at }) => `made an invitation link${validFor(after, at)}`,
  invite_codes_revoked: ({ after, at }) =>
    `ended all invitation links and made a new one${validFor(after, at)}`,
  message_recalled: ({ targets }) => `took back a message of ${targets}`,
  message_edited: () => "edited a message",
  message_pinned: () => "pinned a message",
  message_unpinned: () => "unpinned a message",
};

/** A line of a group's audit as a sentence: "Ann muted Bob until 18:04". */
export function auditSentence(record, nameOf) {
  const { action, actorId, targetIds = [] } = record;
  const targets = listed(
    targetIds.length > 1 ? targetIds.filter((id) => id !== actorId) : targetIds,
    nameOf,
  );
  const words = ACTIONS[action]?.({ ...record, targetIds, targets }) ?? action.replaceAll("_", " ");
  return `${nameOf(actorId)} ${words}`;
}

/** What was so before, where the sentence does not say it, or null. */
export function auditDetails({ action, before, after }) {
  if (action === "message_edited" && before?.content?.text !== undefined) {
    return `Before: ${quoted(before.content.text)} After: ${quoted(after?.content?.text ?? "")}`;
  }
  if (action === "group_updated" && before?.name !== undefined) {
    return `Before: ${quoted(before.name)}`;
  }
  if (action === "group_updated" && before?.announcement) {
    return `Before: ${quoted(before.announcement)}`;
  }
  return null;
}

function validFor(after, at) {
  return after?.expiresAt ? `, valid for ${duration(after.expiresAt - at)}` : "";
}
