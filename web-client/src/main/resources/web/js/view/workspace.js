import { banner } from "./banner.js";
import { Chat } from "./chat.js";
import { el } from "./dom.js";
import { acceptInvitation } from "./joining.js";
import { notify } from "./notices.js";
import { outside } from "./outside.js";
import { Panel } from "./panel.js";
import { explain } from "./problems.js";
import { leaveGroup, routedGroup } from "./route.js";
import { sidebar } from "./sidebar.js";

/** What is said of payments whose dialog was left. */
const PAID = {
  "redpacket.send": "Your red packet has been sent.",
  "wallet.topup": "Your wallet has been topped up.",
};
const NOT_PAID = {
  "redpacket.send": "Your red packet was not sent.",
  "wallet.topup": "Your wallet was not topped up.",
};

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

  let without = null; // what stands in the chat's place, and for which group
  const inPlaceOf = (groupId) => {
    const state = client.departures.get(groupId) ?? client.asked.get(groupId);
    if (without?.groupId !== groupId || without.state !== state) {
      without = { groupId, state, node: outside(client, groupId) };
    }
    return without.node;
  };

  const turn = () => {
    const groupId = routedGroup();
    const shown = client.conversations.get(groupId) ? groupId : null;
    const stranger = groupId && !shown && client.conversations.loaded;
    client.lookAt(shown);
    panel.show(shown);
    chat.show(shown, stranger ? inPlaceOf(groupId) : null);
    arrange();
    without = stranger ? without : null;
  };

  addEventListener("hashchange", turn);
  client.conversations.on("change", () => {
    if (chat.groupId !== routedGroup() || !client.conversations.get(chat.groupId)) {
      turn();
    }
  });
  client.asked.on("change", turn);
  client.asked.on("accepted", ({ groupId, name }) => {
    if (groupId !== routedGroup()) {
      notify(`You are in “${name}” now.`);
    }
  });
  client.departures.on("gone", (departure) => {
    if (departure.groupId !== routedGroup()) {
      notify(
        departure.why === "left"
          ? "You have left the group."
          : `You are no longer in “${departure.name}”.`,
      );
    } else if (departure.why === "left") {
      leaveGroup();
    }
    turn();
  });
  client.joinRequests.on("asked", (groupId) => {
    const { group, doNotDisturb } = client.conversations.get(groupId) ?? {};
    if (group && !doNotDisturb && groupId !== routedGroup()) {
      notify(`Somebody asks to join “${group.name}”.`);
    }
  });
  client.payments.on("done", ({ item }) => item.unattended && notify(PAID[item.op]));
  client.payments.on("failed", ({ item, error }) => {
    if (item.unattended) {
      notify(`${NOT_PAID[item.op]} ${explain(error)}`);
    }
  });
  client.connection.on("open", () => acceptInvitation(client));
  turn();
  return node;
}
