import { el } from "./dom.js";
import { checkedField } from "./checked-field.js";

const CHOICES = [
  ["lucky", "Lucky", "The amounts are drawn at random."],
  ["identical", "Identical", "Everybody gets the same."],
  ["exclusive", "For one", "Only the one you choose can open it."],
];

/** What is filled in for a red packet: `{node, values, look}`; `look` takes problems by field. */
export function packetFields(client, groupId) {
  const kinds = CHOICES.map(([kind, words], at) =>
    el(
      "label",
      { class: "segment", testid: `packet-${kind}` },
      el("input", { type: "radio", name: "kind", value: kind, checked: at === 0 }),
      el("span", {}, words),
    ),
  );
  const hint = el("p", { class: "hint" });
  const input = (testid, attributes) =>
    el("input", { type: "text", autocomplete: "off", testid, ...attributes });
  const recipient = checkedField("Who may open it", el("select", { testid: "packet-recipient" }));
  const count = checkedField(
    "How many may open it",
    input("packet-count", { inputmode: "numeric" }),
    { unit: sizeOf(client, groupId) },
  );
  const amount = checkedField(
    "Amount",
    input("packet-sum", { inputmode: "decimal", placeholder: "0.00", autofocus: true }),
    { unit: "yuan" },
  );
  const greeting = checkedField(
    "Greeting",
    input("packet-greeting", { placeholder: "Best wishes!" }),
  );
  const amountLabel = amount.node.querySelector(".field-label");
  const node = el(
    "div",
    { class: "stack" },
    el("div", { class: "segments", role: "radiogroup", "aria-label": "Kind" }, ...kinds),
    hint,
    recipient.node,
    amount.node,
    count.node,
    greeting.node,
  );
  const kindOf = () => kinds.map((each) => each.firstChild).find((each) => each.checked).value;

  return {
    node,
    get values() {
      return {
        kind: kindOf(),
        amount: amount.control.value,
        count: count.control.value,
        greeting: greeting.control.value,
        recipientId: recipient.control.value,
      };
    },
    look(problems) {
      const kind = kindOf();
      offer(recipient.control, client);
      const [, , meaning] = CHOICES.find(([each]) => each === kind);
      hint.textContent = `${meaning} What is not opened in 24 hours comes back.`;
      recipient.node.hidden = kind !== "exclusive";
      count.node.hidden = kind === "exclusive";
      amountLabel.textContent = { lucky: "Total", identical: "Amount each" }[kind] ?? "Amount";
      amount.say(problems.amount);
      count.say(problems.count);
      greeting.say(problems.greeting);
      recipient.say(problems.recipientId);
    },
  };
}

/** Offers the other members; what was chosen stays chosen. */
function offer(select, { members, me }) {
  const others = members.list.filter(({ userId }) => userId !== me);
  if (select.length !== others.length + 1) {
    const { value } = select;
    const options = others.map(({ userId }) =>
      el("option", { value: userId, selected: userId === value }, members.name(userId)),
    );
    select.replaceChildren(el("option", { value: "" }, "Choose somebody"), ...options);
  }
}

function sizeOf({ conversations }, groupId) {
  const { memberCount } = conversations.get(groupId).group;
  return memberCount === 1 ? "you are alone here" : `of ${memberCount} members`;
}
