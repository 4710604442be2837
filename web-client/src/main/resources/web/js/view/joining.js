import { briefTime } from "../text/times.js";
import { askForm, joinBy } from "./ask-form.js";
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { notify } from "./notices.js";
import { explain } from "./problems.js";
import { forgetInvitation, goToGroup, invitedBy } from "./route.js";

const WORDS = {
  not_found: "This invitation is no longer valid. Ask for a new link.",
  limit_reached: "So many people ask to join this group that it takes no more requests just now.",
};

/**
 * Joins the group whose invitation link was opened, if one was: at once, or by a request where
 * somebody has to accept it.
 */
export async function acceptInvitation(client) {
  const inviteCode = invitedBy();
  if (!inviteCode) {
    return;
  }
  try {
    const { group } = await client.request("group.get", { inviteCode });
    await client.conversations.refresh();
    if (group.rules.joinPolicy === "approval" && !client.conversations.get(group.groupId)) {
      forgetInvitation();
      ask(client, { group, inviteCode });
    } else {
      await joinBy(client, { inviteCode }, (groupId) => {
        forgetInvitation();
        goToGroup(groupId);
      });
    }
  } catch (error) {
    if (!error.passing) {
      forgetInvitation(); // else the next connection tries again
    }
    notify(explain(error, WORDS));
  }
}

/** Also of who asked before: those who decide tell nobody of a no. */
function ask(client, { group, inviteCode }) {
  const asked = client.asked.get(group.groupId);
  openDialog({
    title: `Join “${group.name}”`,
    testid: "ask-dialog",
    body: (close) =>
      el(
        "div",
        { class: "stack" },
        el("p", {}, "The owner or an admin of this group decides who comes in."),
        asked &&
          el(
            "p",
            { class: "hint", testid: "asked-before" },
            `You asked before (${briefTime(asked.askedAt, Date.now())}). While that waits, asking again changes nothing.`,
          ),
        askForm(client, {
          group,
          inviteCode,
          words: WORDS,
          onjoined: (groupId) => {
            close();
            goToGroup(groupId); // the chat, or that the request waits
          },
        }),
      ),
  });
}
