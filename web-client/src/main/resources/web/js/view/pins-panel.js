import { onChange } from "../emitter.js";
import { may } from "../model/roles.js";
import { gist } from "../text/preview.js";
import { briefTime, wholeTime } from "../text/times.js";
import { el, iconButton, Keyed, setChildren } from "./dom.js";
import { unpin } from "./pinning.js";
import { readingStatus } from "./reading-status.js";

/** The pinned messages; each leads to its place in the chat. */
export function pinsPanel(client, groupId, { jumpTo }) {
  const list = el("ul", { class: "results", testid: "pins" });
  const status = readingStatus(client.pins.reading, "Nothing is pinned.");
  const keyed = new Keyed();

  const render = () => {
    status.render(client.pins.list.length === 0);
    const mayUnpin = may(client.conversations.get(groupId)?.role, "pin");
    const rows = client.pins.list.map((pin) => row(client, pin, { mayUnpin, jumpTo }));
    setChildren(list, keyed.elements(rows));
  };
  const { pins, members, people, conversations } = client;
  const dispose = onChange([pins, members, people, conversations], render);
  render();
  return {
    title: "Pinned messages",
    body: el("div", { class: "panel-body stack" }, list, status.node),
    dispose,
  };
}

function row(client, { message, userId }, { mayUnpin, jumpTo }) {
  const sender = client.members.name(message.senderId);
  const by = `Pinned by ${userId === client.me ? "you" : client.members.name(userId)}`;
  const words = gist(message);
  const make = () =>
    el(
      "li",
      { class: "result-line" },
      el(
        "button",
        {
          type: "button",
          class: "result",
          testid: "pinned-message",
          onclick: () => jumpTo(message.seq),
        },
        el("span", { class: "sender" }, sender),
        el(
          "time",
          { title: wholeTime(message.sentAt) },
          briefTime(message.sentAt, client.serverNow),
        ),
        el("span", { class: "result-words" }, words),
        el("span", { class: "hint" }, by),
      ),
      mayUnpin &&
        iconButton("close", "Unpin", {
          testid: "unpin",
          onclick: () => unpin(client, message),
        }),
    );
  return { key: message.seq, shows: JSON.stringify([sender, by, words, mayUnpin]), make };
}
