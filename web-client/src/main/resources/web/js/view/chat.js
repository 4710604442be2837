import { mayInvite } from "../model/roles.js";
import { membersText, typingSentence } from "../text/sentences.js";
import { groupAvatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { coalesced, el, iconButton } from "./dom.js";
import { fileDrop } from "./file-drop.js";
import { openInvite } from "./invite-dialog.js";
import { MessageList } from "./message-list.js";
import { PinBar } from "./pin-bar.js";

/** One group's chat: header, pins, messages, who is typing, and the place to write. */
export class Chat {
  groupId = null;
  #client;
  #header = el("header", { class: "chat-header" });
  #typing = el("div", { class: "typing", "aria-live": "polite", testid: "typing" });
  #list;
  #composer;
  #openPanel;
  #pinBar;
  #outside;
  #headerShows = null;

  /** @param openPanel opens the panel of that name beside the chat */
  constructor(client, { openPanel }) {
    this.#client = client;
    this.#openPanel = openPanel;
    this.#list = new MessageList(client, {
      focus: () => this.#composer.focus(),
      reply: (message) => this.#composer.replyTo(message),
      edit: (message) => this.#composer.edit(message),
    });
    this.#pinBar = new PinBar(client, {
      jumpTo: (seq) => this.#list.jumpTo(seq),
      openList: () => openPanel("pins"),
    });
    this.#composer = new Composer(client, {
      onsent: () => this.#list.toEnd(),
      onup: () => this.#list.focusNewest(),
    });
    this.node = el("main", { class: "chat", testid: "chat" });
    fileDrop(this.node, {
      may: () => this.#composer.mayAttach,
      ondrop: (files) => this.#composer.attach(files),
    });
    const render = coalesced(() => this.#renderHeader());
    client.conversations.on("change", render);
    client.joinRequests.on("change", render);
    client.typing.on("change", () => this.#renderTyping());
    client.members.on("change", () => this.#renderTyping());
    addEventListener("keydown", (event) => this.#typeAnywhere(event));
    this.#turn();
  }

  /**
   * Turns to a group, or to none.
   *
   * @param outside what is shown where there is no group: an element, or nothing
   */
  show(groupId, outside = null) {
    if (groupId !== this.groupId || outside !== this.#outside) {
      this.groupId = groupId;
      this.#outside = outside;
      this.#turn();
    }
  }

  jumpTo(seq) {
    this.#list.jumpTo(seq);
  }

  #turn() {
    this.#headerShows = null;
    const parts = [
      this.#header,
      this.#pinBar.node,
      this.#list.node,
      this.#typing,
      this.#composer.node,
    ];
    this.node.replaceChildren(...(this.groupId ? parts : [this.#outside ?? nothing()]));
    this.#pinBar.restart();
    this.#list.show(this.groupId);
    this.#composer.show(this.groupId);
    if (this.groupId) {
      this.#renderHeader();
      this.#renderTyping();
      this.#composer.focus();
    }
  }

  #renderHeader() {
    const conversation = this.#client.conversations.get(this.groupId);
    if (!conversation) {
      return;
    }
    const { group, role } = conversation;
    const asked = this.#client.joinRequests.countText;
    const invites = mayInvite(role, group.rules);
    const shows = JSON.stringify([
      group.groupId,
      group.name,
      group.avatarUrl,
      group.memberCount,
      asked,
      invites,
    ]);
    if (shows === this.#headerShows) {
      return;
    }
    this.#headerShows = shows;
    const waiting = asked && `, ${asked} waiting to join`;
    const buttons = [
      invites && ["invite", "Invite people", () => openInvite(this.#client, this.groupId)],
      ["search", "Search in this group", () => this.#openPanel("search")],
      ["people", `Members and settings${waiting}`, () => this.#openPanel("details"), asked],
    ].filter(Boolean);
    this.#header.replaceChildren(
      el(
        "a",
        {
          href: "#/",
          class: "icon-button back",
          "aria-label": "Back to the conversations",
          testid: "back",
        },
        "‹",
      ),
      groupAvatar(group),
      el(
        "div",
        { class: "chat-title" },
        el("h1", { testid: "chat-name" }, group.name),
        el("p", { class: "hint", testid: "member-count" }, membersText(group.memberCount)),
      ),
      ...buttons.map(([name, label, onclick, count]) => {
        const button = iconButton(name, label, { onclick, testid: `open-${name}` });
        if (count) {
          button.append(el("span", { class: "badge on-icon", testid: "asked-badge" }, count));
        }
        return button;
      }),
    );
  }

  #renderTyping() {
    const typers = this.#client.typing.in(this.groupId);
    this.#typing.textContent = typingSentence(typers, (userId) =>
      this.#client.members.name(userId),
    );
  }

  /** Whoever starts typing without a field in focus means the message. */
  #typeAnywhere(event) {
    const plain =
      event.key.length === 1 &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey &&
      event.key !== " ";
    if (
      this.groupId &&
      plain &&
      document.activeElement === document.body &&
      !document.querySelector("dialog[open]")
    ) {
      this.#composer.focus();
    }
  }
}

function nothing() {
  return el(
    "div",
    { class: "nothing", testid: "no-chat" },
    el("img", { src: "/img/logo.svg", alt: "" }),
    el("p", {}, "Pick a conversation, or start a new group."),
  );
}
