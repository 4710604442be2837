import { squareOf } from "../files/square.js";
import { isPicture } from "../model/media-kinds.js";
import { act } from "./act.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { notify } from "./notices.js";
import { UPLOAD_WORDS } from "./problems.js";

/**
 * The picture of a person or a group, with a button that changes it.
 *
 * @param picture makes it as it is now
 * @param save gets the media id of a new one; resolves once it is the one
 */
export function avatarPicker(client, { picture, save }) {
  const shown = el("span", { class: "avatar-shown" }, picture());
  const chooser = el("input", {
    type: "file",
    accept: "image/png,image/jpeg,image/gif,image/webp",
    hidden: true,
    testid: "choose-avatar",
  });
  const words = el("span", {}, "Change picture");
  const button = el(
    "button",
    {
      type: "button",
      class: "button quiet",
      testid: "change-avatar",
      onclick: () => chooser.click(),
    },
    icon("camera"),
    words,
  );
  const take = async (file) => {
    button.disabled = true;
    words.textContent = "Uploading…";
    const change = async () => save(await client.uploadAvatar(await squareOf(file)));
    await act(change, "The picture is changed.", UPLOAD_WORDS);
    button.disabled = false;
    words.textContent = "Change picture";
    shown.replaceChildren(picture());
  };
  chooser.addEventListener("change", () => {
    const [file] = chooser.files;
    chooser.value = "";
    if (file && isPicture(file)) {
      take(file);
    } else if (file) {
      notify("Choose a picture: PNG, JPEG, GIF or WebP.");
    }
  });
  return el("div", { class: "avatar-picker", testid: "avatar-picker" }, shown, button, chooser);
}
