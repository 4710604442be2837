import { onChange } from "../emitter.js";
import { briefTime, wholeTime } from "../text/times.js";
import { act } from "./act.js";
import { avatar } from "./avatar.js";
import { el, Keyed, setChildren } from "./dom.js";
import { readingStatus } from "./reading-status.js";

/** Who asks to join, to accept or to decline. */
export function requestsPanel(client, groupId) {
  const { joinRequests } = client;
  const list = el("ul", { class: "cards", testid: "requests" });
  const status = readingStatus(joinRequests.reading, "Nobody is waiting.");
  const more = el(
    "button",
    { type: "button", class: "button quiet", onclick: () => joinRequests.more() },
    "More",
  );
  const keyed = new Keyed();

  const render = () => {
    status.render(joinRequests.list.length === 0 && !joinRequests.hasMore);
    more.hidden = !joinRequests.hasMore;
    const question = client.conversations.get(groupId)?.group.rules.joinQuestion;
    setChildren(
      list,
      keyed.elements(joinRequests.list.map((request) => card(client, request, question))),
    );
  };
  const dispose = onChange([joinRequests, client.people], render);
  render();
  joinRequests.reload();
  return {
    title: "Requests to join",
    body: el("div", { class: "panel-body stack" }, list, status.node, more),
    dispose,
  };
}

function card(client, { requestId, user, inviterId, message, createdAt }, question) {
  const { nickname, username, userId, avatarUrl } = user;
  const inviter = inviterId && client.members.name(inviterId);
  const make = () => {
    const decide = (accept) => async () => {
      const buttons = element.querySelectorAll("button");
      buttons.forEach((button) => (button.disabled = true));
      await act(() => client.joinRequests.decide(requestId, accept));
      buttons.forEach((button) => (button.disabled = false));
    };
    const element = el(
      "li",
      { class: "card", testid: "request" },
      el(
        "div",
        { class: "person" },
        avatar(userId, nickname, { url: avatarUrl }),
        el("span", { class: "person-name" }, nickname, el("small", {}, `@${username}`)),
        el("time", { title: wholeTime(createdAt) }, briefTime(createdAt, client.serverNow)),
      ),
      inviter && el("p", { class: "hint" }, `Proposed by ${inviter}`),
      message && question && el("p", { class: "hint" }, question),
      message && el("p", { class: "card-words", dir: "auto", testid: "request-message" }, message),
      el(
        "div",
        { class: "buttons" },
        el(
          "button",
          {
            type: "button",
            class: "button quiet",
            testid: "decline",
            "aria-label": `Decline ${nickname}`,
            onclick: decide(false),
          },
          "Decline",
        ),
        el(
          "button",
          {
            type: "button",
            class: "button",
            testid: "accept",
            "aria-label": `Accept ${nickname}`,
            onclick: decide(true),
          },
          "Accept",
        ),
      ),
    );
    return element;
  };
  return { key: requestId, shows: JSON.stringify([nickname, inviter, message, question]), make };
}
