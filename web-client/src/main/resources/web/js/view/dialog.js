import { el, iconButton } from "./dom.js";

/**
 * Shows a modal dialog until it is closed; Escape, the cross and a click beside it close it.
 *
 * @param kind a further class, for dialogs with a look of their own
 * @param body its content; gets the function that closes the dialog
 * @param onclose is called once it is closed, in whichever way
 */
export function openDialog({ title, testid, kind = "", body, onclose = () => {} }) {
  const close = () => dialog.close();
  const dialog = el(
    "dialog",
    { class: `dialog ${kind}`, "aria-label": title, testid },
    el(
      "div",
      { class: "dialog-box" },
      el(
        "header",
        { class: "dialog-header" },
        el("h2", {}, title),
        iconButton("close", "Close", { onclick: close, testid: "dialog-close" }),
      ),
      body(close),
    ),
  );
  dialog.addEventListener("click", (event) => event.target === dialog && close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    onclose();
  });
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("[autofocus]")?.focus();
}

/** Asks before something that cannot be undone. */
export function confirmDialog({ title, text, action, onconfirm }) {
  openDialog({
    title,
    testid: "confirm-dialog",
    body: (close) =>
      el(
        "div",
        { class: "stack" },
        el("p", {}, text),
        el(
          "div",
          { class: "buttons" },
          el("button", { type: "button", class: "button quiet", onclick: close }, "Cancel"),
          el(
            "button",
            {
              type: "button",
              class: "button",
              autofocus: true,
              testid: "confirm",
              onclick: () => {
                close();
                onconfirm();
              },
            },
            action,
          ),
        ),
      ),
  });
}
