import { form, textArea } from "./form.js";

const MESSAGE_CHARACTERS_MAX = 200;

/**
 * Joining a group: at once, or, where somebody has to accept it, with a word to them or the answer to
 * their question.
 *
 * @param inviteCode of the invitation, if there is one
 * @param onjoined is called with the group's id once this user is in, or waits
 * @param words what error codes mean here
 */
export function askForm(client, { group, inviteCode, onjoined, words }) {
  const { joinPolicy, joinQuestion = "" } = group.rules;
  const asks = joinPolicy === "approval";
  const answer = textArea(joinQuestion || "A word to who decides (optional)", {
    name: "message",
    required: joinQuestion !== "",
    maxlength: MESSAGE_CHARACTERS_MAX,
    autofocus: true,
    testid: "ask-message",
  });
  return form({
    testid: "ask-to-join",
    words,
    fields: asks ? [answer] : [],
    action: asks ? "Ask to join" : "Join the group",
    actionTestid: "ask-submit",
    submit: async ({ message = "" }) => {
      const way = inviteCode ? { inviteCode } : { groupId: group.groupId };
      await joinBy(
        client,
        { ...way, ...(message.trim() && { message: message.trim() }) },
        onjoined,
      );
    },
  });
}

/** Joins, or asks to; a request that waits is remembered. */
export async function joinBy(client, way, onjoined) {
  const { status, group } = await client.request("group.join", way);
  if (status === "joined") {
    await client.conversations.expect(group.groupId);
  } else if (!client.conversations.get(group.groupId)) {
    client.asked.add(group);
  }
  onjoined(group.groupId);
}
