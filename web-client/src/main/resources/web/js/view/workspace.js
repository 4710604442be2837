import { banner } from "./banner.js";
import { Chat } from "./chat.js";
import { el } from "./dom.js";
import { acceptInvitation } from "./joining.js";
import { notify } from "./notices.js";
import { Panel } from "./panel.js";
import { leaveGroup, routedGroup } from "./route.js";
import { sidebar } from "./sidebar.js";

/** The signed-in page: conversations, the chat, and a panel beside it. One column on phones. */
export function workspace(client) {
  const panel = new Panel(client, { jumpTo: (seq) => chat.jumpTo(seq), onclose: () => arrange() });
  const chat = new Chat(client, {
    openPanel: (name) => {
      panel.toggle(name);
      arrange();
    },
  });
  const node = el(
    "div",
    { class: "workspace", testid: "workspace" },
    banner(client),
    sidebar(client),
    chat.node,
    panel.node,
  );

  /** What a phone shows of the three. */
  const arrange = () => {
    node.dataset.shows = panel.isOpen ? "panel" : routedGroup() ? "chat" : "list";
    node.classList.toggle("with-panel", panel.isOpen);
  };

  const turn = () => {
    const groupId = routedGroup();
    const known = client.conversations.get(groupId);
    if (groupId && client.conversations.loaded && !known) {
      notify("You are not a member of that group.");
      leaveGroup();
      return;
    }
    const shown = known ? groupId : null;
    client.members.show(shown);
    panel.show(shown);
    arrange();
    chat.show(shown);
  };

  addEventListener("hashchange", turn);
  client.conversations.on("change", () => {
    if (
      chat.groupId !== routedGroup() ||
      (chat.groupId && !client.conversations.get(chat.groupId))
    ) {
      turn();
    }
  });
  client.conversations.on("removed", (groupId) => {
    if (groupId === routedGroup()) {
      notify("You are no longer in this group.");
      leaveGroup();
    }
  });
  client.connection.on("open", () => acceptInvitation(client));
  turn();
  return node;
}
