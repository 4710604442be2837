/**
 * digestOf in a thread of its own, so that the page does not stand still meanwhile.
 *
 * @param signal an AbortSignal that ends it
 */
export function digestAside(file, onprogress, signal) {
  signal.throwIfAborted();
  const worker = new Worker(new URL("./digest-worker.js", import.meta.url), { type: "module" });
  const digest = new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.onmessage = ({ data: { read, hex, problem } }) => {
      if (read !== undefined) {
        onprogress(read);
      } else if (hex) {
        resolve(hex);
      } else {
        reject(new Error(problem));
      }
    };
    worker.postMessage(file);
  });
  return digest.finally(() => worker.terminate());
}
