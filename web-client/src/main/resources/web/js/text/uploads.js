/**
 * How an upload stands.
 *
 * @param connected whether there is a connection just now
 */
export function uploadWords({ state, step, done }, connected) {
  if (state === "ready") {
    return "Sending…";
  }
  if (state === "waiting") {
    return connected ? "Waiting…" : "Waiting for a connection…";
  }
  switch (step) {
    case "sending":
      return `${Math.floor(done * 100)} %`;
    case "checking":
      return "The server is checking it…";
    default:
      return "Reading…";
  }
}
