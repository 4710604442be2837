import { money } from "../text/money.js";
import { greetingOf, standing } from "../text/packets.js";
import { dayOf, clockTime, momentOf, wholeTime } from "../text/times.js";
import { faceOf } from "./avatar.js";
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { pagedRows } from "./paged-rows.js";

/** A packet and who got what of it, kept up to date while it is looked at. */
export function openPacketDetails(client, packetId) {
  const { packets, people, members, me } = client;
  const claims = packets.claims(packetId);
  const head = el("div", { class: "packet-head", testid: "packet-head" });
  const nameOf = (userId) => {
    const inGroup = claims.head.packet?.groupId === members.groupId;
    return (inGroup ? members : people).name(userId);
  };
  const list = pagedRows(claims, {
    row: (claim) => {
      const { kind, count } = claims.head.packet;
      const best = claim.best && kind === "lucky" && count > 1;
      return claimRow({ ...claim, best }, nameOf, client);
    },
    none: () =>
      claims.head.packet.claimedCount === 0
        ? "Nobody has opened it yet."
        : "Who opened it is shown to members of the group.",
    testid: "claims",
    kind: "claims",
  });
  const render = () => {
    const { packet, mine } = claims.head;
    head.replaceChildren(...(packet ? headOf(packet, mine, nameOf, client) : []));
    list.render();
  };
  const unlisten = [
    claims.on("change", render),
    people.on("change", render),
    client.connection.on(
      "event:redpacket",
      (event) => event.packetId === packetId && claims.refresh(),
    ),
    client.connection.on("open", () => claims.refresh()),
    list.dispose,
  ];
  openDialog({
    title: "Red packet",
    kind: "packet-details",
    testid: "packet-details",
    body: () => el("div", { class: "stack" }, head, list.node),
    onclose: () => unlisten.forEach((off) => off()),
  });
}

function headOf(packet, mine, nameOf, client) {
  const { me, serverNow } = client;
  const { senderId, recipientId, kind } = packet;
  const whose = senderId === me ? "Your red packet" : `Red packet from ${nameOf(senderId)}`;
  const whom = recipientId && ` for ${recipientId === me ? "you" : nameOf(recipientId)}`;
  return [
    el(
      "p",
      { class: "packet-from" },
      faceOf(client, senderId, nameOf(senderId)),
      el("span", {}, whose, whom),
    ),
    el(
      "p",
      { class: "packet-greeting", dir: "auto" },
      greetingOf(packet),
      kind === "lucky" && el("span", { class: "packet-kind" }, "lucky"),
    ),
    mine?.amountFen &&
      el("p", { class: "packet-amount", testid: "own-amount" }, money(mine.amountFen)),
    ...standing(packet, serverNow, nameOf, me).map((words) =>
      el("p", { class: "packet-standing", testid: "packet-standing" }, words),
    ),
  ].filter(Boolean);
}

function claimRow({ userId, amountFen, grabbedAt, openedAt, best }, nameOf, client) {
  const { me, serverNow: now } = client;
  const name = `${nameOf(userId)}${userId === me ? " (you)" : ""}`;
  const at = openedAt ?? grabbedAt;
  const time = dayOf(at) === dayOf(now) ? clockTime(at) : momentOf(at, now);
  const make = () =>
    el(
      "li",
      { class: "person", testid: "claim" },
      faceOf(client, userId, name),
      el(
        "span",
        { class: "person-name", testid: "claim-name" },
        name,
        el("small", { title: wholeTime(at) }, openedAt ? time : `${time}, not opened yet`),
      ),
      el(
        "span",
        { class: "claim-amount" },
        amountFen !== undefined && el("span", { testid: "claim-amount" }, money(amountFen)),
        best && el("small", { class: "best", testid: "best" }, icon("crown"), "Best luck"),
      ),
    );
  return { key: userId, shows: JSON.stringify([name, time, amountFen, openedAt, best]), make };
}
