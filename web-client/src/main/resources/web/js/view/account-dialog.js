import { avatarPicker } from "./avatar-picker.js";
import { faceOf } from "./avatar.js";
import { confirmDialog, openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { copyField, field, form } from "./form.js";
import { notify } from "./notices.js";

/** Who this is: the nickname to change, and what it takes to log in elsewhere. */
export function openAccount(client) {
  const account = client.account.current;
  openDialog({
    title: "Your account",
    testid: "account-dialog",
    body: (close) =>
      el(
        "div",
        { class: "stack" },
        client.has("avatars") && picturePart(client, account),
        nicknamePart(client, account),
        el("h3", {}, "To log in somewhere else"),
        copyField("Username", account.username, "account-username"),
        account.password
          ? passwordPart(account)
          : el("p", { class: "hint" }, "Use the password that you logged in with."),
        el("hr", {}),
        el(
          "button",
          {
            type: "button",
            class: "button quiet",
            testid: "log-out",
            onclick: () => (close(), confirmLogOut(client, account)),
          },
          "Log out",
        ),
      ),
  });
}

function picturePart(client, { nickname }) {
  return avatarPicker(client, {
    picture: () => faceOf(client, client.me, nickname),
    save: async (avatarMediaId) => {
      const { user } = await client.request("user.update", { avatarMediaId });
      client.people.add([user]);
    },
  });
}

function nicknamePart(client, account) {
  return form({
    testid: "change-nickname",
    fields: [
      field("Nickname", {
        name: "nickname",
        required: true,
        maxlength: 32,
        value: account.nickname,
        testid: "account-nickname",
      }),
    ],
    action: "Save",
    actionTestid: "save-nickname",
    submit: async ({ nickname }) => {
      const { user } = await client.request("user.update", { nickname: nickname.trim() });
      client.account.update(user);
      client.people.add([user]);
      notify("Your nickname is changed.");
    },
  });
}

function passwordPart({ password }) {
  const show = el(
    "button",
    { type: "button", class: "link", testid: "show-password" },
    "Show the password",
  );
  const part = el(
    "div",
    {},
    show,
    el("p", { class: "hint" }, "It was made for you, and is kept in this browser only."),
  );
  show.addEventListener("click", () =>
    show.replaceWith(copyField("Password", password, "account-password")),
  );
  return part;
}

function confirmLogOut(client, { password }) {
  confirmDialog({
    title: "Log out?",
    text: password
      ? "This browser then forgets your password. Without it nobody can log in to this account again: note it first."
      : "This browser then forgets who you are.",
    action: "Log out",
    onconfirm: () => client.logOut(),
  });
}
