import { FOR_GOOD_AT } from "../model/roles.js";
import { duration } from "../text/durations.js";
import { act } from "./act.js";
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const CHOICES_MS = [10 * MINUTE, HOUR, 8 * HOUR, DAY, 7 * DAY, 30 * DAY];

/** Asks for how long a member may not write, and mutes them. */
export function openMute(client, groupId, { userId, name }) {
  const choices = CHOICES_MS.map((ms) => ({
    words: duration(ms),
    testid: `mute-${ms / MINUTE}`,
    untilAt: () => Math.round(client.serverNow) + ms,
  }));
  choices.push({ words: "Until lifted", testid: "mute-for-good", untilAt: () => FOR_GOOD_AT });
  const mute = (untilAt) => act(() => client.request("group.mute", { groupId, userId, untilAt }));
  openDialog({
    title: `Mute ${name}`,
    testid: "mute-dialog",
    body: (close) =>
      el(
        "div",
        { class: "stack" },
        el("p", { class: "hint" }, "For how long? Reading stays possible."),
        el(
          "div",
          { class: "choices" },
          ...choices.map(({ words, testid, untilAt }, at) =>
            el(
              "button",
              {
                type: "button",
                class: "button quiet",
                autofocus: at === 0,
                testid,
                onclick: () => (close(), mute(untilAt())),
              },
              words,
            ),
          ),
        ),
      ),
  });
}

/** Lets a member write again. */
export function unmute(client, groupId, { userId }) {
  return act(() => client.request("group.mute", { groupId, userId, untilAt: 0 }));
}
