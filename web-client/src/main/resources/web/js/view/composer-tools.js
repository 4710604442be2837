import { canRecord } from "../model/recording.js";
import { el, iconButton } from "./dom.js";
import { filePaste } from "./file-paste.js";
import { openPacketDialog } from "./packet-dialog.js";

/**
 * The buttons for what can be sent besides words: a red packet, files, a voice message.
 *
 * @param input where words are written, and files pasted
 * @param groupOf gives the group
 * @param onfiles gets files that were chosen or pasted
 * @param onvoice the person wants to speak
 */
export function composerTools(client, input, { groupOf, onfiles, onvoice }) {
  const chooser = el("input", {
    type: "file",
    multiple: true,
    hidden: true,
    tabindex: "-1",
    testid: "choose-files",
    onchange: () => {
      onfiles(chooser.files);
      chooser.value = ""; // the same file may be chosen again
    },
  });
  filePaste(input, onfiles);
  return [
    iconButton("packet", "Send a red packet", {
      class: "icon-button packet-button",
      testid: "open-packet",
      onclick: () => openPacketDialog(client, groupOf()),
    }),
    iconButton("clip", "Send pictures and files", {
      testid: "attach",
      onclick: () => chooser.click(),
    }),
    chooser,
    canRecord() &&
      iconButton("mic", "Record a voice message", {
        class: "icon-button voice-button",
        testid: "record",
        onclick: onvoice,
      }),
  ].filter(Boolean);
}
