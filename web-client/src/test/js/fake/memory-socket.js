/** A browser's WebSocket, connected to a fake server in the same process; frames take a turn each. */
export class MemorySocket {
  readyState = 0;
  #server;
  #session;

  constructor(server) {
    this.#server = server;
    setImmediate(() => this.#accept());
  }

  send(text) {
    setImmediate(() => this.readyState === 1 && this.#server.receive(this.#session, text));
  }

  close() {
    this.#end(1000, "");
  }

  #accept() {
    if (this.readyState !== 0) {
      return;
    }
    if (this.#server.down) {
      this.#end(1006, "");
      return;
    }
    this.readyState = 1;
    this.#session = this.#server.connect({
      send: (text) => setImmediate(() => this.readyState === 1 && this.onmessage?.({ data: text })),
      close: (code, reason) => setImmediate(() => this.#end(code, reason)),
    });
    this.onopen?.();
  }

  #end(code, reason) {
    if (this.readyState !== 3) {
      this.readyState = 3;
      if (this.#session) {
        this.#server.closed(this.#session);
      }
      setImmediate(() => this.onclose?.({ code, reason }));
    }
  }
}
