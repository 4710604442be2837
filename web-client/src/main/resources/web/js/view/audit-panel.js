import { PagedItems } from "../model/paged-items.js";
import { auditDetails, auditSentence } from "../text/audit.js";
import { clockTime, dayName, wholeTime } from "../text/times.js";
import { el } from "./dom.js";
import { pagedRows } from "./paged-rows.js";

/** Who did what to whom, newest first. */
export function auditPanel(client, groupId) {
  const audit = new PagedItems(async (page) => {
    const { records, nextCursor } = await client.request("group.audit", { groupId, ...page });
    return { items: records, nextCursor };
  });
  const list = pagedRows(audit, {
    row: (record) => {
      const words = auditSentence(record, (userId) => client.members.name(userId));
      return { key: record.auditId, shows: words, make: () => line(client, record, words) };
    },
    none: "Nothing yet.",
    testid: "audit",
    kind: "audit",
  });
  return {
    title: "Who did what",
    body: el("div", { class: "panel-body stack" }, list.node),
    dispose: client.people.on("change", list.render), // some have left, and are known only by and by
  };
}

function line(client, record, words) {
  const details = auditDetails(record);
  return el(
    "li",
    { class: "audit-row", testid: "audit-row" },
    el("p", { class: "audit-words" }, words),
    details && el("p", { class: "hint" }, details),
    el(
      "time",
      { datetime: new Date(record.at).toISOString(), title: wholeTime(record.at) },
      `${dayName(record.at, client.serverNow)} ${clockTime(record.at)}`,
    ),
  );
}
