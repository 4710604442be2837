import { unreadText } from "../model/unread.js";

/** The window's title says how many messages wait: "(3) Hongbao". */
export function showTitle({ conversations }) {
  conversations.on("change", () => {
    const unread = unreadText(conversations.totalUnread);
    const title = unread ? `(${unread}) Hongbao` : "Hongbao";
    if (document.title !== title) {
      document.title = title;
    }
  });
}
