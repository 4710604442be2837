import { notify } from "./notices.js";
import { explain } from "./problems.js";
import { forgetInvitation, goToGroup, invitedBy } from "./route.js";

/** Joins the group whose invitation link was opened, if one was. */
export async function acceptInvitation(client) {
  const inviteCode = invitedBy();
  if (!inviteCode) {
    return;
  }
  try {
    const { status, group } = await client.request("group.join", { inviteCode });
    forgetInvitation();
    if (status === "pending") {
      notify("Your request to join was sent. You are in as soon as somebody accepts it.");
      return;
    }
    await client.conversations.expect(group.groupId);
    goToGroup(group.groupId);
  } catch (error) {
    if (!error.passing) {
      forgetInvitation(); // else the next connection tries again
    }
    notify(explain(error.code === "not_found" ? { code: "code_expired" } : error));
  }
}
