import { act } from "./act.js";
import { confirmDialog, openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { form } from "./form.js";
import { personPicker } from "./person-picker.js";

/** Asks whether to leave; an owner hands the group over first, or dissolves it. */
export function askToLeave(client, groupId) {
  const { role, group } = client.conversations.get(groupId);
  if (role !== "owner") {
    confirmDialog({
      title: "Leave the group?",
      text: "You will not get its messages any more.",
      action: "Leave",
      onconfirm: () => act(() => leave(client, groupId)),
    });
  } else if (group.memberCount > 1) {
    askForHeir(client, groupId, { thenLeave: true });
  } else {
    askToDissolve(client, groupId);
  }
}

/** Asks who shall own the group from now on. */
export async function askForHeir(client, groupId, { thenLeave = false } = {}) {
  if (!(await act(() => client.members.reading.first()))) {
    return;
  }
  const others = client.members.list.filter(({ userId }) => userId !== client.me);
  const heirs = others.toSorted((a, b) => (b.role === "admin") - (a.role === "admin"));
  openDialog({
    title: thenLeave ? "Hand the group over, then leave" : "Hand the group over",
    testid: "heir-dialog",
    body: (close) =>
      el(
        "div",
        { class: "stack" },
        el(
          "p",
          {},
          thenLeave
            ? "You own this group. Who shall own it when you have left?"
            : "Who shall own the group? You will be an admin, and only they can undo it.",
        ),
        form({
          testid: "heir",
          fields: [personPicker(client, heirs)],
          action: thenLeave ? "Hand over and leave" : "Hand over",
          actionTestid: "hand-over",
          submit: async ({ userId }) => {
            await client.request("group.transfer", { groupId, userId });
            if (thenLeave) {
              await leave(client, groupId);
            }
            close();
          },
        }),
      ),
  });
}

/** Asks whether to end the group for everybody. */
export function askToDissolve(client, groupId) {
  const { name, memberCount } = client.conversations.get(groupId).group;
  confirmDialog({
    title: `Dissolve “${name}”?`,
    text:
      memberCount > 1
        ? `All ${memberCount} members lose the group, for good.`
        : "You are the only member. The group is gone then, for good.",
    action: "Dissolve",
    onconfirm: () => act(() => client.request("group.dissolve", { groupId })),
  });
}

async function leave(client, groupId) {
  client.departures.leaving(groupId);
  try {
    await client.request("group.leave", { groupId });
  } catch (error) {
    client.departures.staying(groupId);
    throw error;
  }
}
