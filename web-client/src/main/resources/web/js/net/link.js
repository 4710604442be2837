import { RequestError } from "./request-error.js";

export const REQUEST_TIMEOUT_MS = 15_000;

/** Requests without an answer from which on further ones are refused with `rate_limited`. */
const IN_FLIGHT_MAX = 200;

const OPEN = 1;

/** One WebSocket: matches replies with requests, hands on events, says once when it is over. */
export class Link {
  #socket;
  #handlers;
  #inFlight = new Map();
  #nextId = 1;
  #over = false;

  /**
   * @param socket a WebSocket that was just made
   * @param handlers `onOpen()`, `onEvent(name, data)`, `onClose(code, reason)`; the last is called
   *     once, and nothing is called after it
   */
  constructor(socket, handlers) {
    this.#socket = socket;
    this.#handlers = handlers;
    socket.onopen = () => handlers.onOpen();
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code, reason }) => this.#end(code, reason);
  }

  /** Resolves with the reply's data; rejects with a RequestError. */
  request(op, data = {}, timeoutMs = REQUEST_TIMEOUT_MS) {
    if (this.#over || this.#socket.readyState !== OPEN) {
      return Promise.reject(new RequestError("disconnected"));
    }
    if (this.#inFlight.size >= IN_FLIGHT_MAX) {
      return Promise.reject(new RequestError("rate_limited", { retryAfterMs: 1000 }));
    }
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#timeOut(id), timeoutMs);
      this.#inFlight.set(id, { resolve, reject, timer });
      this.#socket.send(JSON.stringify({ id, op, data }));
    });
  }

  /** Ends the link at once; a dead network may otherwise hold a closing socket for minutes. */
  drop(code = 1000, reason = "") {
    this.#socket.close();
    this.#end(code, reason);
  }

  #receive(text) {
    if (this.#over) {
      return;
    }
    const frame = JSON.parse(text);
    if (frame.event !== undefined) {
      this.#handlers.onEvent(frame.event, frame.data);
      return;
    }
    const waiting = this.#take(frame.id);
    if (!waiting) {
      return; // answered after its time-out
    }
    if (frame.error) {
      waiting.reject(new RequestError(frame.error.code, frame.error));
    } else {
      waiting.resolve(frame.data);
    }
  }

  #timeOut(id) {
    this.#take(id)?.reject(new RequestError("timeout", { message: "The server does not answer." }));
  }

  #take(id) {
    const waiting = this.#inFlight.get(id);
    this.#inFlight.delete(id);
    clearTimeout(waiting?.timer);
    return waiting;
  }

  #end(code, reason) {
    if (this.#over) {
      return;
    }
    this.#over = true;
    this.#handlers.onClose(code, reason);
    for (const id of [...this.#inFlight.keys()]) {
      this.#take(id).reject(
        new RequestError("disconnected", { message: "The connection was lost." }),
      );
    }
  }
}
