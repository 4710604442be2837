import { may } from "../model/roles.js";
import { act } from "./act.js";
import { copy } from "./form.js";
import { download } from "./medium.js";
import { openMenu } from "./menu.js";
import { notify } from "./notices.js";
import { pin, unpin } from "./pinning.js";
import { openReactions, QUICK, react } from "./reactions.js";
import { openReaders } from "./readers-dialog.js";

/** How long a sender may take a message back or edit it, where the server does not say. */
const RECALL_WINDOW_MS = 2 * 60_000;
const EDIT_WINDOW_MS = 15 * 60_000;

/**
 * Offers what can be done with a message, in a menu at its button.
 *
 * @param write `{reply, edit}`: begins to write a reply to the message, or to write it anew
 */
export function openMessageMenu(client, message, button, write) {
  const { groupId, seq, content } = message;
  const role = client.conversations.get(groupId)?.role;
  const items = [
    ["plus", "Another reaction…", () => openReactions(client, message)],
    ["reply", "Reply", () => write.reply(message)],
    mayEdit(client, message) && ["edit", "Edit", () => write.edit(message)],
    content.text && [
      "copy",
      "Copy text",
      async () => (await copy(content.text)) && notify("Copied."),
    ],
    content.mediaId && ["download", "Download", () => download(client, content)],
    may(role, "pin") &&
      (client.pins.has(seq)
        ? ["pin", "Unpin", () => unpin(client, message)]
        : ["pin", "Pin", () => pin(client, message)]),
    message.senderId === client.me && [
      "eye",
      "Who has read it",
      () => openReaders(client, groupId, seq),
    ],
    mayRecall(client, message, role) && ["recall", "Take back", () => recall(client, message)],
  ];
  openMenu(button, items, {
    texts: QUICK,
    label: "React with",
    pick: (emoji) => react(client, message, emoji),
  });
}

function mayEdit({ me, speaking, limits, serverNow }, { type, senderId, sentAt }) {
  const inTime = serverNow - sentAt < (limits.editWindowMs ?? EDIT_WINDOW_MS);
  return type === "text" && senderId === me && inTime && speaking.state.may;
}

function mayRecall({ me, limits, serverNow }, { type, senderId, sentAt }, role) {
  const inTime = serverNow - sentAt < (limits.recallWindowMs ?? RECALL_WINDOW_MS);
  return type !== "redpacket" && (may(role, "recallAny") || (senderId === me && inTime));
}

function recall(client, { groupId, seq }) {
  return act(async () => {
    const reply = await client.request("message.recall", { groupId, seq });
    client.logs.get(groupId)?.announce(reply.seq);
  });
}
