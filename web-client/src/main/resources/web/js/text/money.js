const YUAN = /^(\d{1,9})(?:\.(\d{0,2}))?$/u;

/**
 * The whole fen that a text in yuan means, or null where it means none: "12.3" is 1230. Digits are
 * moved, not multiplied: there is no rounding anywhere.
 */
export function fenOf(text) {
  const plain = text.normalize("NFKC").trim().replace(/^¥/u, "").replace(/。/gu, ".").trim();
  const [, yuan, fen = ""] = YUAN.exec(plain) ?? [];
  return yuan === undefined ? null : Number(yuan + fen.padEnd(2, "0"));
}

/** Fen as yuan: 1,234.50 */
export function yuanOf(fen) {
  const digits = String(Math.abs(fen)).padStart(3, "0");
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/gu, ",");
  return `${fen < 0 ? "−" : ""}${yuan}.${digits.slice(-2)}`;
}

/** Fen with the sign of the currency: ¥12.00 */
export function money(fen) {
  return fen < 0 ? `−¥${yuanOf(-fen)}` : `¥${yuanOf(fen)}`;
}

/** What a balance changed by: +12.00, −3.50 */
export function signed(fen) {
  return fen > 0 ? `+${yuanOf(fen)}` : yuanOf(fen);
}
