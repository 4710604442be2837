import { auditDetails, auditSentence } from "../text/audit.js";
import { clockTime, dayName, wholeTime } from "../text/times.js";
import { el } from "./dom.js";
import { pagedList } from "./paged-list.js";

const PAGE = 50;

/** Who did what to whom, newest first. */
export function auditPanel(client, groupId) {
  const unlisten = [];
  const read = async (cursor) => {
    const { records, nextCursor } = await client.request("group.audit", {
      groupId,
      cursor,
      limit: PAGE,
    });
    return { rows: records.map((record) => row(client, record, unlisten)), nextCursor };
  };
  return {
    title: "Who did what",
    body: el(
      "div",
      { class: "panel-body stack" },
      pagedList({ read, none: "Nothing yet.", testid: "audit", kind: "audit" }),
    ),
    dispose: () => unlisten.forEach((off) => off()),
  };
}

function row(client, record, unlisten) {
  const words = el("p", { class: "audit-words" });
  const details = auditDetails(record);
  const name = () =>
    (words.textContent = auditSentence(record, (userId) => client.members.name(userId)));
  unlisten.push(client.people.on("change", name)); // some have left, and are known only by and by
  name();
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
