import { listed, membersText } from "../text/sentences.js";
import { briefTime } from "../text/times.js";
import { groupAvatar } from "./avatar.js";
import { askForm } from "./ask-form.js";
import { el } from "./dom.js";
import { explain } from "./problems.js";
import { goToGroup, leaveGroup } from "./route.js";

/**
 * What stands in a chat's place where the address names a group that this user is not in: why it is
 * gone, that the request to join still waits, or the way in, if there is one.
 */
export function outside(client, groupId) {
  const departure = client.departures.get(groupId);
  const asked = client.asked.get(groupId);
  if (departure) {
    return page(groupId, departure.name, "gone", [
      el("p", { testid: "gone-words" }, farewell(client, departure)),
      back("Back to the conversations"),
    ]);
  }
  if (asked) {
    return page(groupId, asked.name, "asked", waiting(client, asked));
  }
  const node = page(groupId, "", "outside", [el("p", { class: "hint" }, "Asking…")]);
  client.request("group.get", { groupId }).then(
    ({ group }) =>
      node.replaceChildren(
        ...inside(groupId, group.name, [
          el("p", { class: "hint" }, membersText(group.memberCount)),
          askForm(client, { group, onjoined: goToGroup }),
          back("Not now"),
        ]),
      ),
    (error) =>
      node.replaceChildren(
        ...inside(groupId, "", [
          el("p", {}, explain(error, { not_found: "There is no such group." })),
          back("Back to the conversations"),
        ]),
      ),
  );
  return node;
}

function farewell(client, { name, why, by }) {
  const who = by === client.me ? "You" : listed(by ? [by] : [], (id) => client.people.name(id));
  return {
    left: `You have left “${name}”.`,
    dissolved: `${who} dissolved “${name}”. It is gone for everybody.`,
    unknown: `You are no longer in “${name}”.`,
    removed: `You are no longer in “${name}”. An admin removed you, or you left on another device.`,
  }[why];
}

function waiting(client, { groupId, askedAt }) {
  return [
    el(
      "p",
      { role: "status", testid: "waiting-for-approval" },
      "Waiting for approval. You are in as soon as the owner or an admin accepts your request.",
    ),
    el("p", { class: "hint" }, `Asked ${briefTime(askedAt, Date.now())}`),
    back("Back to the conversations"),
    el(
      "button",
      {
        type: "button",
        class: "link",
        testid: "forget-asked",
        onclick: () => {
          leaveGroup();
          client.asked.forget(groupId);
        },
      },
      "Do not show this any more",
    ),
  ];
}

function page(groupId, name, testid, parts) {
  return el("div", { class: "nothing outside", testid }, ...inside(groupId, name, parts));
}

function inside(groupId, name, parts) {
  return [
    name && groupAvatar({ groupId, name }, "large"),
    name && el("h1", { testid: "outside-name" }, name),
    ...parts,
  ].filter(Boolean);
}

function back(words) {
  return el(
    "button",
    { type: "button", class: "button quiet", testid: "outside-back", onclick: leaveGroup },
    words,
  );
}
