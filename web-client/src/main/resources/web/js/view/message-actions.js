import { copy } from "./form.js";
import { openMenu } from "./menu.js";
import { notify } from "./notices.js";
import { explain } from "./problems.js";
import { openReaders } from "./readers-dialog.js";

/** How long a sender may take a message back, where the server does not say. */
const RECALL_WINDOW_MS = 2 * 60_000;

/** Offers what can be done with a message, in a menu at its button. */
export function openMessageMenu(client, message, button, reply) {
  const { groupId, seq, content } = message;
  openMenu(button, [
    ["reply", "Reply", () => reply(message)],
    content.text && [
      "copy",
      "Copy text",
      async () => (await copy(content.text)) && notify("Copied."),
    ],
    message.senderId === client.me && [
      "eye",
      "Who has read it",
      () => openReaders(client, groupId, seq),
    ],
    mayRecall(client, message) && ["recall", "Take back", () => recall(client, groupId, seq)],
  ]);
}

function mayRecall({ me, conversations, limits, serverNow }, message) {
  const { role } = conversations.get(message.groupId) ?? {};
  const inTime = serverNow - message.sentAt < (limits.recallWindowMs ?? RECALL_WINDOW_MS);
  return message.type !== "redpacket" && (role !== "member" || (message.senderId === me && inTime));
}

async function recall(client, groupId, seq) {
  try {
    const reply = await client.request("message.recall", { groupId, seq });
    client.logs.get(groupId)?.announce(reply.seq);
  } catch (error) {
    notify(explain(error));
  }
}
