import { act } from "./act.js";
import { el } from "./dom.js";

/** Switches for what this user wants of a conversation. */
export function settingToggles(client, conversation) {
  return el(
    "div",
    { class: "stack toggles" },
    toggle(client, conversation, "pinned", "Keep at the top"),
    toggle(client, conversation, "doNotDisturb", "Do not disturb"),
  );
}

function toggle(client, { groupId, ...settings }, setting, words) {
  const on = settings[setting];
  const change = async ({ target }) => {
    const done = await act(async () =>
      client.conversations.take(
        await client.request("conversation.update", { groupId, [setting]: !on }),
      ),
    );
    if (!done) {
      target.checked = on;
    }
  };
  return el(
    "label",
    { class: "switch" },
    el("span", {}, words),
    el("input", {
      type: "checkbox",
      role: "switch",
      checked: on,
      onchange: change,
      testid: `set-${setting}`,
    }),
  );
}
