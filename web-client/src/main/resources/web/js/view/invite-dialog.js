import { inTime } from "../text/times.js";
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { copyField, field, form } from "./form.js";
import { notify } from "./notices.js";
import { explain } from "./problems.js";
import { invitationLink } from "./route.js";

/** Ways into a group: its link, for owner and admins, and usernames. */
export function openInvite(client, groupId) {
  const mayLink = client.conversations.get(groupId)?.role !== "member";
  openDialog({
    title: "Invite people",
    testid: "invite-dialog",
    body: () =>
      el(
        "div",
        { class: "stack" },
        mayLink && linkPart(client, groupId),
        usernamePart(client, groupId, mayLink),
      ),
  });
}

function linkPart(client, groupId) {
  const part = el("section", { class: "stack" }, el("p", { class: "hint" }, "Making a link…"));

  const show = async (revoke) => {
    try {
      const wish = revoke ? { groupId, revoke } : { groupId };
      const { code, expiresAt } = await client.request("group.invite_code", wish);
      part.replaceChildren(
        el("p", {}, "Whoever opens this link joins the group."),
        copyField("Invitation link", invitationLink(code), "invite-link"),
        el(
          "p",
          { class: "hint" },
          `The link ends ${inTime(expiresAt - client.serverNow)}. `,
          el(
            "button",
            { type: "button", class: "link", testid: "new-link", onclick: () => show(true) },
            "Make a new one",
          ),
          " to end it now.",
        ),
      );
    } catch (error) {
      part.replaceChildren(
        el("p", { class: "problem" }, explain(error)),
        el(
          "button",
          { type: "button", class: "button quiet", onclick: () => show(false) },
          "Try again",
        ),
      );
    }
  };

  show(false);
  return part;
}

function usernamePart(client, groupId, mayLink) {
  const element = form({
    testid: "invite-by-username",
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
