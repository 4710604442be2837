import { checked } from "../model/packet-draft.js";
import { money } from "../text/money.js";
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { packetFields } from "./packet-fields.js";
import { pay } from "./payment.js";
import { explain } from "./problems.js";
import { openTopup } from "./topup-dialog.js";

/** Where a problem that the server has with a field is told. */
const FIELDS = {
  totalFen: "amount",
  count: "count",
  greeting: "greeting",
  recipientId: "recipientId",
};

const WORDS = {
  muted: "You may not send anything in this group just now.",
  insufficient_funds: "There is not enough in your wallet.",
};

/** Puts money into a red packet and sends it to the group. */
export function openPacketDialog(client, groupId) {
  const { wallet } = client;
  const fields = packetFields(client, groupId);
  const total = el("p", { class: "packet-total", testid: "packet-total" });
  const holds = el("span", {});
  const lacks = el("strong", {});
  const topup = el("button", { type: "button", class: "link", testid: "packet-topup" }, "Top up");
  const balance = el("p", { class: "hint", testid: "packet-balance" }, holds, lacks, topup);
  const problem = el("p", { class: "problem", role: "alert", testid: "problem" });
  const button = el("button", { type: "submit", class: "button wide", testid: "send-packet" });
  let leave = null;

  const look = () => {
    const draft = checked(fields.values, wallet.balanceFen);
    fields.look(draft.problems);
    total.textContent = money(draft.totalFen ?? 0);
    holds.textContent =
      wallet.balanceFen === undefined ? "" : `Your wallet holds ${money(wallet.balanceFen)}. `;
    lacks.textContent = draft.shortFen > 0 ? `${money(draft.shortFen)} is missing. ` : "";
    button.disabled = draft.request === null || leave !== null;
    button.textContent = !leave
      ? "Send the red packet"
      : client.connection.state === "open"
        ? "Sending…"
        : "Waiting for a connection…";
    return draft;
  };
  const failed = (error) => {
    leave = null;
    look();
    const name = error.code === "invalid_argument" && FIELDS[error.field];
    if (name) {
      fields.look({ [name]: error.message });
    } else {
      problem.textContent = explain(error, WORDS);
    }
    if (error.code === "insufficient_funds") {
      wallet.refresh();
    }
  };
  const submit = (close) => {
    const { request } = look();
    if (request && !leave) {
      problem.textContent = "";
      const ondone = () => {
        leave = null;
        close();
      };
      leave = pay(client, "redpacket.send", { groupId, ...request }, { ondone, onfailed: failed });
      look();
    }
  };

  topup.addEventListener("click", () => {
    const { shortFen } = checked(fields.values, wallet.balanceFen);
    openTopup(client, shortFen);
  });
  const unlisten = [wallet, client.members].map((each) => each.on("change", look));
  unlisten.push(client.connection.on("state", look));
  wallet.refresh();
  openDialog({
    title: "Send a red packet",
    testid: "packet-form-dialog",
    body: (close) =>
      el(
        "form",
        {
          class: "stack",
          testid: "packet-form",
          oninput: () => {
            problem.textContent = "";
            look();
          },
          onchange: look, // of a choice: older browsers do not call that input
          onsubmit: (event) => {
            event.preventDefault();
            submit(close);
          },
        },
        fields.node,
        total,
        button,
        balance,
        problem,
      ),
    onclose: () => {
      unlisten.forEach((off) => off());
      leave?.();
    },
  });
  look();
}
