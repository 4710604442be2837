import { faceOf } from "./avatar.js";
import { el } from "./dom.js";

/** Members to choose one of, as radio buttons in a form's field `userId`; the first is chosen. */
export function personPicker(client, members) {
  return el(
    "fieldset",
    { class: "picker", "aria-label": "Members", testid: "person-picker" },
    ...members.map(({ userId }, at) => {
      const name = client.members.name(userId);
      return el(
        "label",
        { class: "person" },
        el("input", {
          type: "radio",
          name: "userId",
          value: userId,
          checked: at === 0,
          required: true,
          testid: "pick-person",
        }),
        faceOf(client, userId, name),
        el("span", { class: "person-name" }, name),
      );
    }),
  );
}
