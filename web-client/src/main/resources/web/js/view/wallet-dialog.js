import { money, signed } from "../text/money.js";
import { ENTRIES } from "../text/packets.js";
import { clockTime, dayName, wholeTime } from "../text/times.js";
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { openPacketDetails } from "./packet-details.js";
import { openPacketRecords } from "./packet-records.js";
import { pagedRows } from "./paged-rows.js";
import { rowButton } from "./row-button.js";
import { openTopup } from "./topup-dialog.js";

/** What the user has, where it came from and where it went, kept up to date while it is looked at. */
export function openWallet(client) {
  const { wallet, connection } = client;
  const balance = el("strong", { class: "balance", role: "status", testid: "balance" });
  const entries = wallet.entries();
  const list = pagedRows(entries, {
    row: (entry) => entryRow(client, entry),
    none: "Nothing yet. Top up, and send a red packet.",
    testid: "wallet-entries",
    kind: "entries",
  });
  const render = () =>
    (balance.textContent = wallet.balanceFen === undefined ? "…" : money(wallet.balanceFen));
  const unlisten = [
    wallet.on("change", render),
    connection.on("event:wallet", () => entries.refresh()),
    connection.on("open", () => entries.refresh()),
    list.dispose,
  ];
  render();
  wallet.refresh();
  openDialog({
    title: "Wallet",
    testid: "wallet-dialog",
    body: () =>
      el(
        "div",
        { class: "stack" },
        el(
          "div",
          { class: "wallet-card" },
          el("span", {}, "Balance"),
          balance,
          el(
            "button",
            {
              type: "button",
              class: "button gold",
              testid: "topup",
              onclick: () => openTopup(client),
            },
            "Top up",
          ),
        ),
        el(
          "div",
          { class: "rows-of-buttons" },
          rowButton("packet", "Red packets by year", {
            testid: "open-records",
            onclick: () => openPacketRecords(client),
          }),
        ),
        el("h3", {}, "In and out"),
        list.node,
      ),
    onclose: () => unlisten.forEach((off) => off()),
  });
}

function entryRow(client, { entryId, kind, amountFen, balanceFen, packetId, createdAt }) {
  const day = dayName(createdAt, client.serverNow);
  const parts = () => [
    el("span", { class: "entry-words" }, ENTRIES[kind] ?? "Other"),
    el(
      "span",
      { class: `entry-amount ${amountFen > 0 ? "gain" : ""}`, testid: "entry-amount" },
      signed(amountFen),
    ),
    el("time", { title: wholeTime(createdAt) }, `${day} ${clockTime(createdAt)}`),
    el("span", { class: "entry-balance" }, money(balanceFen)),
  ];
  const make = () =>
    el(
      "li",
      { testid: "wallet-entry" },
      packetId
        ? el(
            "button",
            { type: "button", class: "entry", onclick: () => openPacketDetails(client, packetId) },
            ...parts(),
          )
        : el("div", { class: "entry" }, ...parts()),
    );
  return { key: entryId, shows: day, make };
}
