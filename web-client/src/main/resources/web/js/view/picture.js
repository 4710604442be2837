import { el } from "./dom.js";
import { framed, within } from "./medium.js";
import { openPicture } from "./picture-dialog.js";

const BOUNDS = { width: 320, height: 340 };

/** Up to this size an animation is shown as it is, not as the still picture made of it. */
const ANIMATION_BYTES_MAX = 2 << 20;

/** A picture in a chat; it opens large. */
export function picture(message, client) {
  const { content } = message;
  const { localUrl = client.media.local(content.mediaId) } = content;
  const img = el("img", { alt: "", src: localUrl, testid: "picture-image" });
  const button = el(
    "button",
    {
      type: "button",
      class: "picture",
      "aria-label": "Picture: open it large",
      testid: "picture",
      onclick: () => openPicture(client, message),
    },
    img,
  );
  keepPlace(button, content); // until the picture has come
  img.addEventListener("load", ({ target: { naturalWidth: width, naturalHeight: height } }) => {
    if (!content.width) {
      keepPlace(button, { width, height });
    }
  });
  return content.mediaId ? framed(client, img, smallOf(content), button).node : button;
}

function keepPlace(button, size) {
  const { width, height } = within(size, BOUNDS);
  if (width) {
    button.style.width = `${width}px`;
    button.style.aspectRatio = `${width} / ${height}`;
  }
}

function smallOf({ mediaId, thumbnailMediaId, contentType, bytes }) {
  const moves = contentType === "image/gif" && bytes <= ANIMATION_BYTES_MAX;
  return moves ? mediaId : (thumbnailMediaId ?? mediaId);
}
