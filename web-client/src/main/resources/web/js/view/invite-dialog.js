import { may } from "../model/roles.js";
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { field, form } from "./form.js";
import { invitationLinks } from "./invitation-links.js";
import { notify } from "./notices.js";

const WORDS = {
  already_member: "That person is in the group already.",
  banned: "That person is banned from this group.",
};

/** Ways into a group: its link and QR code, for owner and admins, and usernames. */
export function openInvite(client, groupId) {
  const { role, group } = client.conversations.get(groupId);
  const mayLink = may(role, "manage");
  openDialog({
    title: "Invite people",
    testid: "invite-dialog",
    body: () =>
      el(
        "div",
        { class: "stack" },
        mayLink && invitationLinks(client, group),
        usernamePart(client, groupId, mayLink),
      ),
  });
}

function usernamePart(client, groupId, mayLink) {
  const element = form({
    testid: "invite-by-username",
    words: WORDS,
    fields: [
      field(mayLink ? "Or add somebody by username" : "Add somebody by username", {
        name: "username",
        required: true,
        maxlength: 32,
        testid: "invite-username",
      }),
    ],
    action: "Add",
    actionTestid: "invite-submit",
    submit: async ({ username }) => {
      const user = await find(client, username.trim().toLowerCase());
      const { pendingIds } = await client.request("group.invite", {
        groupId,
        userIds: [user.userId],
      });
      client.people.add([user]);
      notify(
        pendingIds.length > 0
          ? `${user.nickname} is in as soon as an admin agrees.`
          : `${user.nickname} is in the group.`,
      );
      element.reset();
    },
  });
  return element;
}

async function find(client, username) {
  try {
    return (await client.request("user.find", { username })).user;
  } catch (error) {
    throw error.code === "not_found" ? new Error("Nobody has that username.") : error;
  }
}
