import { fenOf, money } from "../text/money.js";

const COUNT_MAX = 500;
const SHARE_FEN_MAX = 20_000;
const GREETING_CHARACTERS_MAX = 64;
const TOPUP_FEN_MAX = 100_000_000;

const COUNT = /^\d{1,9}$/u;
const NO_AMOUNT = "Write an amount such as 12.34.";

/**
 * A red packet as it is being filled in, checked as the server will.
 *
 * Of an identical packet `amount` is what each gets, of the others what is in it. In the result
 * `totalFen` is null where it is not known yet; `problems` has a sentence for each
 * field that holds something wrong, `missing` is whether a field is still empty, `shortFen` is what the
 * wallet lacks for it, and `request` is what redpacket.send takes, or null until all is right.
 *
 * @param fields `{kind, amount, count, greeting, recipientId}`, all texts
 * @param balanceFen what the wallet holds, undefined where that is not known
 */
export function checked({ kind, amount, count, greeting, recipientId }, balanceFen) {
  const amountFen = fenOf(amount);
  const shares = kind === "exclusive" ? 1 : countOf(count);
  const wish = { kind, amountFen, shares, totalFen: totalOf(kind, amountFen, shares) };
  const problems = {
    amount: amount.trim() ? problemOfAmount(wish) : undefined,
    count: count.trim() && shares === null ? `From 1 to ${COUNT_MAX}.` : undefined,
    greeting: problemOfGreeting(greeting),
  };
  const wrong = Object.values(problems).some(Boolean);
  const missing =
    !amount.trim() ||
    (kind !== "exclusive" && !count.trim()) ||
    (kind === "exclusive" && !recipientId);
  const { totalFen } = wish;
  const shortFen = !wrong && totalFen !== null && balanceFen < totalFen ? totalFen - balanceFen : 0;
  const request = {
    kind,
    totalFen,
    count: shares,
    ...(greeting.trim() && { greeting: greeting.trim() }),
    ...(kind === "exclusive" && { recipientId }),
  };
  return {
    totalFen,
    problems,
    missing,
    shortFen,
    request: wrong || missing || shortFen > 0 ? null : request,
  };
}

/** What is wrong with an amount to top up by, or undefined. */
export function problemOfTopup(text) {
  const fen = fenOf(text);
  if (fen === null) {
    return NO_AMOUNT;
  }
  return fen < 1 || fen > TOPUP_FEN_MAX ? `From ¥0.01 to ${money(TOPUP_FEN_MAX)}.` : undefined;
}

/** A number of shares that there may be, or null. */
function countOf(text) {
  const plain = text.normalize("NFKC").trim();
  const count = COUNT.test(plain) ? Number(plain) : 0;
  return count >= 1 && count <= COUNT_MAX ? count : null;
}

function totalOf(kind, amountFen, shares) {
  if (amountFen === null || (kind === "identical" && shares === null)) {
    return null;
  }
  return kind === "identical" ? amountFen * shares : amountFen;
}

function problemOfAmount({ kind, amountFen, shares, totalFen }) {
  if (amountFen === null) {
    return NO_AMOUNT;
  }
  if (amountFen === 0) {
    return "At least ¥0.01.";
  }
  if (kind !== "lucky") {
    return amountFen > SHARE_FEN_MAX ? `At most ${money(SHARE_FEN_MAX)} for each.` : undefined;
  }
  if (totalFen > SHARE_FEN_MAX * (shares ?? COUNT_MAX)) {
    return `At most ${money(SHARE_FEN_MAX)} for each on average.`;
  }
  return shares !== null && totalFen < shares ? "At least ¥0.01 for each." : undefined;
}

function problemOfGreeting(greeting) {
  const over = [...greeting.trim()].length - GREETING_CHARACTERS_MAX;
  return over > 0 ? `${over} characters too many.` : undefined;
}
