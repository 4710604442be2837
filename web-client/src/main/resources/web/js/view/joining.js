import { askForm, joinBy } from "./ask-form.js";
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { notify } from "./notices.js";
import { explain } from "./problems.js";
import { forgetInvitation, goToGroup, invitation } from "./route.js";

const WORDS = {
  not_found: "This invitation is no longer valid. Ask for a new link.",
  forbidden: "This group lets in nobody just now.",
};

/**
 * Joins the group whose invitation link was opened, if one was: at once, or by a request where the
 * group takes members by approval.
 */
export async function acceptInvitation(client) {
  const { inviteCode, groupId } = invitation() ?? {};
  if (!inviteCode) {
    return;
  }
  const enter = (group) => {
    forgetInvitation();
    goToGroup(group.groupId); // the chat, or that the request waits
  };
  try {
    const group = await approving(client, groupId);
    if (group) {
      ask(client, { group, inviteCode }, enter);
    } else {
      await joinBy(client, { inviteCode }, enter);
    }
  } catch (error) {
    if (error.code === "invalid_argument" && error.field === "message") {
      ask(client, { group: null, inviteCode }, enter); // a question that this link does not tell of
      return;
    }
    if (!error.passing) {
      forgetInvitation(); // else the next connection tries again
    }
    notify(explain(error, WORDS));
  }
}

/** The group, where it takes members by approval and this user is not in it; else null. */
async function approving(client, groupId) {
  if (!groupId || client.asked.get(groupId)) {
    return null;
  }
  await client.conversations.refresh();
  if (client.conversations.get(groupId)) {
    return null;
  }
  try {
    const { group } = await client.request("group.get", { groupId });
    return group.rules.joinPolicy === "approval" ? group : null;
  } catch (error) {
    if (error.passing) {
      throw error;
    }
    return null; // by invitation only: the code is the way in
  }
}

function ask(client, { group, inviteCode }, enter) {
  openDialog({
    title: group ? `Join “${group.name}”` : "Join the group",
    testid: "ask-dialog",
    body: (close) =>
      el(
        "div",
        { class: "stack" },
        el("p", {}, "The owner or an admin of this group decides who comes in."),
        askForm(client, {
          group,
          inviteCode,
          onjoined: (joined) => {
            close();
            enter(joined);
          },
        }),
      ),
  });
  forgetInvitation(); // a reload does not ask again
}
