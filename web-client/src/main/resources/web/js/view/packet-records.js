import { money } from "../text/money.js";
import { KINDS } from "../text/packets.js";
import { clockTime, dayName, wholeTime } from "../text/times.js";
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { choice } from "./form.js";
import { icon } from "./icons.js";
import { openPacketDetails } from "./packet-details.js";
import { pagedRows } from "./paged-rows.js";

/** Years to choose from, the present one included. */
const YEARS = 5;

/** Years are those of UTC+8. */
const OFFSET_MS = 8 * 3_600_000;

const DIRECTIONS = { received: "Received", sent: "Sent" };

/** The red packets that the user sent, or opened, in a year. */
export function openPacketRecords(client) {
  const thisYear = new Date(client.serverNow + OFFSET_MS).getUTCFullYear();
  const years = Array.from({ length: YEARS }, (_, back) => [thisYear - back, thisYear - back]);
  const year = choice("Year", { value: thisYear, testid: "records-year" }, years);
  const tabs = Object.entries(DIRECTIONS).map(([direction, words]) =>
    el(
      "label",
      { class: "segment", testid: `records-${direction}` },
      el("input", {
        type: "radio",
        name: "direction",
        value: direction,
        checked: direction === "received",
      }),
      el("span", {}, words),
    ),
  );
  const place = el("div", { class: "stack", testid: "records" });
  let dispose = () => {};
  const turn = () => {
    const direction = tabs.map((tab) => tab.firstChild).find((each) => each.checked).value;
    dispose();
    dispose = showYear(client, place, direction, Number(year.querySelector("select").value));
  };
  openDialog({
    title: "Red packets by year",
    testid: "records-dialog",
    body: () =>
      el(
        "div",
        { class: "stack", onchange: turn },
        el("div", { class: "segments", role: "radiogroup", "aria-label": "Direction" }, ...tabs),
        year,
        place,
      ),
    onclose: () => dispose(),
  });
  turn();
}

function showYear(client, place, direction, year) {
  const records = client.packets.records(direction, year);
  const sums = el("div", { class: "sums", testid: "records-sums" });
  const list = pagedRows(records, {
    row: (record) => recordRow(client, record),
    none: `None ${direction} in ${year}.`,
    testid: "record-list",
    kind: "entries",
  });
  const render = () => sums.replaceChildren(...(records.loaded ? sumsOf(records.head) : []));
  const unlisten = [records.on("change", render), client.conversations.on("change", list.render)];
  place.replaceChildren(sums, list.node);
  return () => [...unlisten, list.dispose].forEach((off) => off());
}

function sumsOf({ count, totalFen, bestCount }) {
  const sum = (value, words) => el("div", { class: "sum" }, el("strong", {}, value), words);
  return [
    sum(money(totalFen), "in all"),
    sum(String(count), count === 1 ? "red packet" : "red packets"),
    bestCount !== undefined && sum(String(bestCount), "best luck"),
  ].filter(Boolean);
}

function recordRow(client, { packetId, groupId, kind, amountFen, at, best }) {
  const group = client.conversations.get(groupId)?.group.name ?? "A group you are not in";
  const day = dayName(at, client.serverNow);
  const make = () =>
    el(
      "li",
      { testid: "record" },
      el(
        "button",
        { type: "button", class: "entry", onclick: () => openPacketDetails(client, packetId) },
        el("span", { class: "entry-words" }, group),
        el("span", { class: "entry-amount", testid: "record-amount" }, money(amountFen)),
        el(
          "time",
          { title: wholeTime(at) },
          `${day} ${clockTime(at)}, ${KINDS[kind].toLowerCase()}`,
        ),
        best && el("span", { class: "best" }, icon("crown"), "Best luck"),
      ),
    );
  return { key: packetId, shows: JSON.stringify([group, day, best]), make };
}
