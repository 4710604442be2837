import { clockTime } from "../text/times.js";
import { uploadWords } from "../text/uploads.js";
import { contentOf } from "./content.js";
import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { explain, UPLOAD_WORDS } from "./problems.js";
import { quote, quoteOf } from "./quote.js";

const UPLOADING = ["waiting", "going", "ready"];

/** What is on its way, an item of the outbox or of the uploads, as `{shows, make}`. */
export function pendingRow({ item, first }, context) {
  const quoted = quoteOf(item, context);
  const { problem, error, type } = item;
  const state = UPLOADING.includes(item.state) ? "uploading" : item.state;
  return {
    shows: JSON.stringify([state, problem ?? error?.code, type, first, quoted]),
    make: () =>
      el(
        "article",
        {
          class: `message mine ${first ? "first" : ""} ${state}`,
          testid: "pending",
          "data-state": state,
        },
        el(
          "div",
          { class: "bubble" },
          quoted && quote(quoted),
          contentOf(item, [], context.client),
          state === "uploading" ? progressOf(item, context.client) : stateOf(state, item),
        ),
        state === "failed" && (error ? brokenOff(item, context) : refused(item, context)),
      ),
  };
}

/** Brings a row up to how far its upload is, without making it anew. */
export function showProgress(row, item, connected) {
  const bar = row?.querySelector("progress");
  if (!bar) {
    return;
  }
  if (item.state === "going" && item.step === "sending") {
    bar.value = item.done;
  } else {
    bar.removeAttribute("value"); // how long it takes is not known
  }
  bar.nextSibling.textContent = uploadWords(item, connected);
}

function progressOf({ clientMessageId, content }, { uploads }) {
  return el(
    "div",
    { class: "upload", testid: "upload" },
    el("progress", { max: "1", "aria-label": `Upload of ${content.name}` }),
    el("span", { class: "upload-words", testid: "upload-words" }),
    iconButton("close", `Do not send ${content.name}`, {
      class: "icon-button small",
      testid: "cancel-upload",
      onclick: () => uploads.cancel(clientMessageId),
    }),
  );
}

function stateOf(state, { createdAt }) {
  const [name, words] = {
    sending: ["clock", "Sending"],
    sent: ["check", "Sent"],
    failed: ["alert", "Not sent"],
  }[state];
  return el("time", { title: words, "aria-label": words }, clockTime(createdAt), icon(name));
}

/** A message that the server refused. */
function refused({ clientMessageId, problem }, { client: { outbox } }) {
  return failure(problem, [
    ["retry", "Try again", () => outbox.retry(clientMessageId)],
    ["discard", "delete it", () => outbox.discard(clientMessageId)],
  ]);
}

/** An upload that came to nothing. */
function brokenOff({ clientMessageId, type, error }, { client: { uploads } }) {
  return failure(explain(error, UPLOAD_WORDS), [
    ["retry", "Try again", () => uploads.retry(clientMessageId)],
    error.code === "media_mismatch" &&
      type !== "file" && [
        "send-as-file",
        "send it as a file",
        () => uploads.retry(clientMessageId, { asFile: true }),
      ],
    ["discard", "delete it", () => uploads.cancel(clientMessageId)],
  ]);
}

/** @param ways `[testid, words, action]` each, the last after an “or” */
function failure(problem, ways) {
  const buttons = ways
    .filter(Boolean)
    .map(([testid, words, onclick]) =>
      el("button", { type: "button", class: "link", testid, onclick }, words),
    );
  const parts = buttons.flatMap((button, at) => [
    at === 0 ? "" : at === buttons.length - 1 ? " or " : ", ",
    button,
  ]);
  return el(
    "div",
    { class: "failure", role: "alert" },
    el("span", {}, `Not sent: ${problem} `),
    ...parts,
  );
}
