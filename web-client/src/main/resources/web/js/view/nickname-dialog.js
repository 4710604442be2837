import { act } from "./act.js";
import { openDialog } from "./dialog.js";
import { field, form } from "./form.js";
import { notify } from "./notices.js";

const CHARACTERS_MAX = 32;

/** Asks what this user wants to be called in the group. */
export async function openNickname(client, groupId) {
  if (!(await act(() => client.members.reading.first()))) {
    return;
  }
  const own = client.members.get(client.me);
  openDialog({
    title: "Your name in this group",
    testid: "nickname-dialog",
    body: (close) =>
      form({
        testid: "group-nickname-form",
        fields: [
          field(
            "Name",
            {
              name: "nickname",
              maxlength: CHARACTERS_MAX,
              value: own?.groupNickname ?? "",
              placeholder: own?.nickname,
              autofocus: true,
              testid: "group-nickname",
            },
            "Only the members of this group see it. Leave it empty to go by your nickname.",
          ),
        ],
        action: "Save",
        actionTestid: "save-group-nickname",
        submit: async ({ nickname }) => {
          await client.request("group.nickname", { groupId, nickname: nickname.trim() });
          await client.members.reload();
          close();
          notify("Your name in this group is changed.");
        },
      }),
  });
}
