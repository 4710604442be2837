const LETTERS_AND_DIGITS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
const SMALL = "abcdefghijkmnpqrstuvwxyz23456789";

/** Evenly drawn characters of an alphabet of at most 256. Works on plain http pages too. */
export function randomText(length, alphabet = LETTERS_AND_DIGITS) {
  const even = 256 - (256 % alphabet.length);
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length * 2))) {
      if (byte < even && text.length < length) {
        text += alphabet[byte % alphabet.length];
      }
    }
  }
  return text;
}

/** A client's own key (clientMessageId, clientGroupId, …): the same one makes a repeat harmless. */
export function newKey() {
  return randomText(22);
}

/** A free-looking user name for a nickname: its Latin letters and digits, and five random ones. */
export function usernameFor(nickname) {
  const stem = nickname
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .slice(0, 20);
  return `${stem || "guest"}-${randomText(5, SMALL)}`;
}
