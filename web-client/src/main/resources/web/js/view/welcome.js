import { el } from "./dom.js";
import { field, form } from "./form.js";
import { invitedBy } from "./route.js";

/**
 * Signing up with a nickname, or logging in.
 *
 * @param again whose session has ended, where somebody has to log in anew
 */
export function welcome(client, again) {
  const card = el("div", { class: "welcome-card" });
  const node = el("main", { class: "welcome", testid: "welcome" }, card);

  const turnTo = (part) => {
    card.replaceChildren(...head(), ...part());
    card.querySelector("input")?.focus();
  };

  const signUp = () => [
    form({
      testid: "sign-up",
      fields: [
        field("Your nickname", {
          name: "nickname",
          required: true,
          maxlength: 32,
          placeholder: "Ann, 小明, …",
          autocomplete: "nickname",
          testid: "nickname",
        }),
      ],
      action: invitedBy() ? "Join the group" : "Start chatting",
      actionTestid: "sign-up-submit",
      submit: ({ nickname }) => client.signUp(nickname.trim()),
    }),
    other("I have an account", "to-log-in", () => turnTo(logIn)),
  ];

  const logIn = () => [
    again && el("p", { class: "hint" }, "Your session has ended. Please log in again."),
    form({
      testid: "log-in",
      fields: [
        field("Username", {
          name: "username",
          required: true,
          autocomplete: "username",
          testid: "username",
          value: again?.username,
        }),
        field("Password", {
          name: "password",
          type: "password",
          required: true,
          autocomplete: "current-password",
          testid: "password",
        }),
      ],
      action: "Log in",
      actionTestid: "log-in-submit",
      submit: ({ username, password }) => client.logIn(username.trim(), password),
    }),
    other("I am new here", "to-sign-up", () => turnTo(signUp)),
  ];

  turnTo(again ? logIn : signUp);
  return node;
}

function head() {
  const words = invitedBy()
    ? "You are invited to a group. All it takes is a nickname."
    : "Group chat with red packets. A nickname is all you need.";
  return [
    el("img", { class: "welcome-logo", src: "/img/logo.svg", alt: "" }),
    el("h1", {}, "Hongbao"),
    el("p", { class: "welcome-words" }, words),
  ];
}

function other(words, testid, onclick) {
  return el("button", { type: "button", class: "link", testid, onclick }, words);
}
