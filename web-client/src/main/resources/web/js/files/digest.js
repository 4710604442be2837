import { Sha256 } from "./sha256.js";

/** Read at once: the file itself is never whole in memory. */
const CHUNK_BYTES = 4 << 20;

/**
 * The SHA-256 of a file, in hexadecimal. Rejects where the file cannot be read: a folder, or one that
 * has changed since it was chosen.
 *
 * @param onprogress gets how many bytes have been read
 */
export async function digestOf(file, onprogress = () => {}) {
  const digest = new Sha256();
  for (let at = 0; at < file.size; at += CHUNK_BYTES) {
    const chunk = await file.slice(at, at + CHUNK_BYTES).arrayBuffer();
    digest.update(new Uint8Array(chunk));
    onprogress(Math.min(file.size, at + CHUNK_BYTES));
  }
  return digest.hex();
}
