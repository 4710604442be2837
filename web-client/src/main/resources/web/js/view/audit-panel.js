import { auditDetails, auditSentence } from "../text/audit.js";
import { clockTime, dayName, wholeTime } from "../text/times.js";
import { el } from "./dom.js";
import { pagedList } from "./paged-list.js";

const PAGE = 50;

/** Who did what to whom, newest first. */
export function auditPanel(client, groupId) {
  const namings = []; // of each row: some have left, and are known only by and by
  const read = async (cursor) => {
    const wish = { groupId, cursor, limit: PAGE };
    const { records, nextCursor } = await client.request("group.audit", wish);
    return { items: records, nextCursor };
  };
  const row = (record) => {
    const words = el("p", { class: "audit-words" });
    const name = () =>
      (words.textContent = auditSentence(record, (userId) => client.members.name(userId)));
    namings.push(name);
    name();
    return line(client, record, words);
  };
  return {
    title: "Who did what",
    body: el(
      "div",
      { class: "panel-body stack" },
      pagedList({ read, row, none: "Nothing yet.", testid: "audit", kind: "audit" }).node,
    ),
    dispose: client.people.on("change", () => namings.forEach((name) => name())),
  };
}

function line(client, record, words) {
  const details = auditDetails(record);
  return el(
    "li",
    { class: "audit-row", testid: "audit-row" },
    words,
    details && el("p", { class: "hint" }, details),
    el(
      "time",
      { datetime: new Date(record.at).toISOString(), title: wholeTime(record.at) },
      `${dayName(record.at, client.serverNow)} ${clockTime(record.at)}`,
    ),
  );
}
