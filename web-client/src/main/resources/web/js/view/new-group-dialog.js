import { newKey } from "../random.js";
import { openDialog } from "./dialog.js";
import { field, form } from "./form.js";
import { openInvite } from "./invite-dialog.js";
import { goToGroup } from "./route.js";

/** Makes a group, and offers its link at once. */
export function openNewGroup(client) {
  const clientGroupId = newKey(); // one for the whole dialog: pressing again makes no second group
  openDialog({
    title: "New group",
    testid: "new-group-dialog",
    body: (close) =>
      form({
        fields: [
          field("Name of the group", {
            name: "name",
            required: true,
            maxlength: 64,
            autofocus: true,
            testid: "group-name",
          }),
        ],
        action: "Create",
        actionTestid: "create-group",
        submit: async ({ name }) => {
          const { group } = await client.request("group.create", {
            clientGroupId,
            name: name.trim(),
          });
          await client.conversations.expect(group.groupId);
          close();
          goToGroup(group.groupId);
          openInvite(client, group.groupId);
        },
      }),
  });
}
