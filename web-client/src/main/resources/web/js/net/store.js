import { RequestError } from "./request-error.js";

/** After this long without a byte moving, an upload counts as dead. */
const STALLED_MS = 60_000;

/** What browsers say themselves, and let no script say. */
const NOT_OURS = ["content-length", "host"];

/**
 * Brings bytes to the media store, by a request that the server has signed. Rejects with the error
 * `store_away`, whatever went wrong: a new signature and another try are the cure.
 *
 * @param onprogress gets how many bytes have gone
 * @param signal an AbortSignal that ends it
 */
export function putToStore({ url, method, headers }, body, onprogress, signal) {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch does not tell how far an upload is
    const fail = () => reject(new RequestError("store_away"));
    let stalled;
    const moving = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => request.abort(), STALLED_MS);
    };
    request.upload.onprogress = ({ loaded }) => {
      moving();
      onprogress(loaded);
    };
    request.onload = () => (request.status >= 200 && request.status < 300 ? resolve() : fail());
    request.onerror = fail;
    request.onabort = fail;
    request.onloadend = () => clearTimeout(stalled);
    signal.addEventListener("abort", () => {
      reject(signal.reason);
      request.abort();
    });
    request.open(method, url);
    Object.entries(headers)
      .filter(([name]) => !NOT_OURS.includes(name.toLowerCase()))
      .forEach(([name, value]) => request.setRequestHeader(name, value));
    moving();
    request.send(body);
  });
}
