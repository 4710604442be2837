import { act } from "./act.js";
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";

/** Those that a message's menu offers at once. */
export const QUICK = ["👍", "❤️", "😂", "😮", "😢", "🙏", "🧧"];

const MORE = [
  ..."😀😄😆😊😍😘😎🤔😅😇🙂🙃😉😋🤗🤩🥳😴😭😡🤯😱🥺🙄😬🤝👏👌🤞💪👋👎🔥🎉🎁💯✅❌❓❗⭐🌹🍺☕🍵🥟🐶🐱🐼🌞🌙🎂💰🍀🚀",
  "✌️",
];

const WORDS = {
  muted: "You are muted in this group: you cannot react.",
  limit_reached: "This message has as many different reactions as it may have.",
};

/** Puts an emoji on a message, or takes it back where it is there from this user. */
export function react(client, { groupId, seq, reactions = [] }, emoji) {
  const remove = reactions.some((each) => each.emoji === emoji && each.mine) || undefined;
  return act(() => client.request("message.react", { groupId, seq, emoji, remove }), null, WORDS);
}

/** A message's reactions with their numbers; a press adds one's own, or takes it back. */
export function reactionBar(client, message) {
  return el(
    "div",
    { class: "reactions", testid: "reactions" },
    ...message.reactions.map(({ emoji, count, mine }) =>
      el(
        "button",
        {
          type: "button",
          class: "reaction",
          "aria-pressed": String(Boolean(mine)),
          "aria-label": `${emoji} ${count}${mine ? ", yours too" : ""}`,
          title: mine ? "Take your reaction back" : "React the same",
          testid: "reaction",
          onclick: () => react(client, message, emoji),
        },
        el("span", {}, emoji),
        el("span", { class: "reaction-count" }, String(count)),
      ),
    ),
  );
}

/** All emoji that can be put on a message, to choose from. */
export function openReactions(client, message) {
  openDialog({
    title: "React",
    testid: "reactions-dialog",
    body: (close) =>
      el(
        "div",
        { class: "emoji-grid" },
        ...[...QUICK, ...MORE].map((emoji) =>
          el(
            "button",
            {
              type: "button",
              class: "emoji",
              "aria-label": `React with ${emoji}`,
              onclick: () => {
                close();
                react(client, message, emoji);
              },
            },
            emoji,
          ),
        ),
      ),
  });
}
