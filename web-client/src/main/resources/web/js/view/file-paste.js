/**
 * Takes files that are pasted while a field, or nothing, is in focus. A text that is copied along with
 * a picture of itself, as spreadsheets do, stays a text.
 */
export function filePaste(input, onfiles) {
  addEventListener("paste", (event) => {
    const { files, types } = event.clipboardData ?? {};
    const here = event.target === input || document.activeElement === document.body;
    if (here && files?.length > 0 && !types.includes("text/plain")) {
      event.preventDefault();
      onfiles(files);
    }
  });
}
