import { form, textArea } from "./form.js";

const MESSAGE_CHARACTERS_MAX = 200;

/**
 * Joining a group: at once, or, where somebody has to accept it, with a word to them or the answer to
 * their question.
 *
 * @param group as far as known; null for an invitation that does not say
 * @param inviteCode of the invitation, if there is one
 * @param onjoined is called with the group once this user is in
 */
export function askForm(client, { group = null, inviteCode, onjoined }) {
  const { joinPolicy, joinQuestion = "" } = group?.rules ?? { joinPolicy: "approval" };
  const asks = joinPolicy === "approval";
  const answers = asks && (joinQuestion !== "" || !group);
  const label = joinQuestion || (group ? "A word to who decides (optional)" : "Say who you are");
  return form({
    testid: "ask-to-join",
    fields: asks
      ? [
          textArea(label, {
            name: "message",
            required: answers,
            maxlength: MESSAGE_CHARACTERS_MAX,
            autofocus: true,
            testid: "ask-message",
          }),
        ]
      : [],
    action: asks ? "Ask to join" : "Join the group",
    actionTestid: "ask-submit",
    submit: async ({ message = "" }) => {
      const way = inviteCode ? { inviteCode } : { groupId: group.groupId };
      const words = message.trim() ? { message: message.trim() } : {};
      await joinBy(client, { ...way, ...words }, onjoined);
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
  onjoined(group);
}
