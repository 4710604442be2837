import { act } from "./act.js";

const WORDS = { limit_reached: "So many messages are pinned already. Unpin one first." };

/** Holds a message up, for everybody in the group. */
export function pin(client, { groupId, seq }) {
  return act(() => client.request("message.pin", { groupId, seq }), null, WORDS);
}

/** Holds it up no more. */
export function unpin(client, { groupId, seq }) {
  return act(() => client.request("message.unpin", { groupId, seq }));
}
