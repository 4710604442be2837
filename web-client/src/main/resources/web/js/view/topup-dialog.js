import { problemOfTopup } from "../model/packet-draft.js";
import { fenOf, yuanOf } from "../text/money.js";
import { checkedField } from "./checked-field.js";
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { pay } from "./payment.js";
import { explain } from "./problems.js";

const CHOICES_FEN = [2_000, 10_000, 50_000];

/**
 * Puts money into the wallet, by the payment gateway.
 *
 * @param wishFen what is in the field at first
 */
export function openTopup(client, wishFen) {
  const amount = checkedField(
    "Amount",
    el("input", {
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      value: wishFen ? yuanOf(wishFen).replaceAll(",", "") : "",
      autofocus: true,
      testid: "topup-amount",
    }),
    { unit: "yuan" },
  );
  const problem = el("p", { class: "problem", role: "alert", testid: "problem" });
  const button = el(
    "button",
    { type: "submit", class: "button", testid: "topup-submit" },
    "Top up",
  );
  let leave = null;
  const look = () => {
    const { value } = amount.control;
    const wrong = problemOfTopup(value);
    amount.say(value.trim() ? wrong : "");
    button.disabled = wrong !== undefined || leave !== null;
  };
  const set = (fen) => {
    amount.control.value = yuanOf(fen);
    look();
  };
  const submit = (close) => {
    const amountFen = fenOf(amount.control.value);
    problem.textContent = "";
    button.textContent = "Waiting for the payment…";
    leave = pay(
      client,
      "wallet.topup",
      { amountFen },
      {
        ondone: () => {
          leave = null;
          close();
        },
        onfailed: (error) => {
          leave = null;
          button.textContent = "Top up";
          problem.textContent = explain(error);
          look();
        },
      },
    );
    look();
  };
  openDialog({
    title: "Top up",
    testid: "topup-dialog",
    body: (close) =>
      el(
        "form",
        {
          class: "stack",
          oninput: look,
          onsubmit: (event) => {
            event.preventDefault();
            submit(close);
          },
        },
        el(
          "div",
          { class: "choices three" },
          ...CHOICES_FEN.map((fen) =>
            el(
              "button",
              {
                type: "button",
                class: "button quiet",
                testid: `topup-${fen / 100}`,
                onclick: () => set(fen),
              },
              `¥${fen / 100}`,
            ),
          ),
        ),
        amount.node,
        el("p", { class: "hint" }, "A sandbox pays: no real money moves."),
        problem,
        button,
      ),
    onclose: () => leave?.(),
  });
  look();
}
