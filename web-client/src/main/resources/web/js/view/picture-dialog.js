import { wholeTime } from "../text/times.js";
import { openDialog } from "./dialog.js";
import { el, iconButton } from "./dom.js";
import { download, framed } from "./medium.js";
import { notify } from "./notices.js";

/** A picture, as large as there is room; the arrows lead to the others that the chat holds. */
export function openPicture(client, message) {
  const log = client.logs.get(message.groupId);
  const stage = el("div", { class: "picture-stage", tabindex: "-1", autofocus: true });
  const caption = el("p", { class: "hint", testid: "picture-caption" });
  const before = step("back", "Picture before", "picture-before", -1);
  const after = step("next", "Picture after", "picture-after", 1);
  let shown = message;

  const pictures = () =>
    log?.window.entries.filter(({ type, recalledAt }) => type === "image" && !recalledAt) ?? [];
  const neighbour = (way) => {
    const all = pictures();
    const at = all.findIndex(({ seq }) => seq === shown.seq);
    return at < 0 ? undefined : all[at + way];
  };
  const show = (next) => {
    shown = next;
    const { content, senderId = client.me, sentAt = next.createdAt } = next;
    const { mediaId, localUrl = client.media.local(mediaId) } = content;
    const name = senderId === client.me ? "You" : client.members.name(senderId);
    const img = el("img", { src: localUrl, alt: `Picture from ${name}`, testid: "picture-large" });
    stage.replaceChildren(mediaId ? framed(client, img, mediaId).node : img);
    caption.textContent = `${name}, ${wholeTime(sentAt)}`;
    before.disabled = !neighbour(-1);
    after.disabled = !neighbour(1);
  };
  const go = (way) => neighbour(way) && show(neighbour(way));

  function step(name, label, testid, way) {
    return iconButton(name, label, { testid, onclick: () => go(way) });
  }

  const keys = ({ key }) => {
    if (key === "ArrowLeft" || key === "ArrowRight") {
      go(key === "ArrowLeft" ? -1 : 1);
    }
  };
  let off = () => {};
  addEventListener("keydown", keys);
  openDialog({
    title: "Picture",
    testid: "picture-dialog",
    kind: "picture-dialog",
    body: (close) => {
      off = log?.on("change", () => {
        if (log.window.entry(shown.seq)?.recalledAt) {
          close();
          notify("This picture was taken back.");
        }
      });
      show(message);
      return el(
        "div",
        {},
        stage,
        el(
          "footer",
          { class: "picture-foot" },
          before,
          caption,
          message.seq &&
            iconButton("download", "Download", {
              testid: "picture-download",
              onclick: () => download(client, shown.content),
            }),
          after,
        ),
      );
    },
    onclose: () => {
      off?.();
      removeEventListener("keydown", keys);
    },
  });
}
