import { duration } from "./durations.js";

/** Characters of an announcement or a question that a sentence shows. */
const QUOTED_MAX = 120;

const RULES = {
  joinPolicy: {
    open: "let everybody join",
    approval: "had new members wait for approval",
    invite_only: "closed the group to all but the invited",
  },
  invitePolicy: { everyone: "let all members invite", admins: "let only admins invite" },
  postPolicy: { everyone: "let everybody write again", admins: "let only admins write" },
  historyPolicy: {
    all: "showed new members the whole history",
    since_join: "showed members only what came since they joined",
  },
  slowModeMs: (ms) =>
    ms === 0 ? "ended slow mode" : `turned on slow mode: one message every ${duration(ms)}`,
  joinQuestion: (question) =>
    question === ""
      ? "took back the question to who asks to join"
      : `set a question to who asks to join: ${quoted(question)}`,
};

/** What was changed of a group, each as what somebody did: "renamed the group to “Tea”". */
export function settingsChanged({ name, announcement, avatarMediaId, rules = {} }) {
  const what = [];
  if (name !== undefined) {
    what.push(`renamed the group to “${name}”`);
  }
  if (announcement !== undefined) {
    what.push(
      announcement === "" ? "took the announcement down" : `announced ${quoted(announcement)}`,
    );
  }
  if (avatarMediaId !== undefined) {
    what.push("changed the group’s picture");
  }
  for (const [rule, value] of Object.entries(rules)) {
    const words = RULES[rule];
    what.push(typeof words === "function" ? words(value) : words?.[value]);
  }
  return what.filter(Boolean);
}

/** A text in quotation marks, in one line, its end left out where it is long. */
export function quoted(text) {
  const line = [...text.replace(/\s+/gu, " ")];
  return `“${line.length > QUOTED_MAX ? `${line.slice(0, QUOTED_MAX).join("")}…` : line.join("")}”`;
}
