import { duration } from "../text/durations.js";
import { inTime } from "../text/times.js";
import { confirmDialog } from "./dialog.js";
import { el } from "./dom.js";
import { copyField } from "./form.js";
import { explain } from "./problems.js";
import { qrCode } from "./qr-code.js";
import { invitationLink } from "./route.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How long a new link may hold. */
const CHOICES_MS = [HOUR, DAY, 7 * DAY, 30 * DAY];

/** A group's invitation link, as a text and as a QR code, and what can be done about links. */
export function invitationLinks(client, { groupId, name, rules }) {
  const part = el("section", { class: "stack" }, el("p", { class: "hint" }, "Making a link…"));

  const show = async (wish = {}) => {
    try {
      const code = await client.request("group.invite_code", { groupId, ...wish });
      const link = invitationLink(code.code);
      part.replaceChildren(
        el("p", {}, words(rules)),
        copyField("Invitation link", link, "invite-link"),
        el("div", { class: "qr-frame" }, qrCode(link, `QR code of the link to “${name}”`)),
        el(
          "p",
          { class: "hint", testid: "link-end" },
          `This link ends ${inTime(code.expiresAt - client.serverNow)}. Whoever stands near can scan the code.`,
        ),
        newLinks(show),
      );
    } catch (error) {
      part.replaceChildren(
        el("p", { class: "problem" }, explain(error)),
        el(
          "button",
          { type: "button", class: "button quiet", onclick: () => show(wish) },
          "Try again",
        ),
      );
    }
  };

  show();
  return part;
}

/** A further link with a time of its own, or an end to all there are. */
function newLinks(show) {
  const validity = el(
    "select",
    { "aria-label": "How long a new link is valid", testid: "link-validity" },
    ...CHOICES_MS.map((ms) =>
      el("option", { value: ms, selected: ms === 7 * DAY }, `valid for ${duration(ms)}`),
    ),
  );
  const validMs = () => Number(validity.value);
  return el(
    "div",
    { class: "line" },
    el(
      "button",
      {
        type: "button",
        class: "link",
        testid: "new-link",
        onclick: () => show({ validMs: validMs() }),
      },
      "Make a new link",
    ),
    validity,
    el(
      "button",
      {
        type: "button",
        class: "link",
        testid: "revoke-links",
        onclick: () =>
          confirmDialog({
            title: "End all links?",
            text: "Nobody can join with a link or code that was sent or printed before. You get a new one.",
            action: "End them",
            onconfirm: () => show({ revoke: true, validMs: validMs() }),
          }),
      },
      "End all links",
    ),
  );
}

function words({ joinPolicy }) {
  return joinPolicy === "approval"
    ? "Whoever opens this link can ask to join; you or another admin accepts them."
    : "Whoever opens this link joins the group.";
}
