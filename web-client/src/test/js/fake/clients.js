import { Client } from "../../../main/resources/web/js/model/client.js";
import { digestOf } from "../../../main/resources/web/js/files/digest.js";
import { RequestError } from "../../../main/resources/web/js/net/request-error.js";
import { Storage } from "../../../main/resources/web/js/storage.js";
import { memoryStore, until } from "../fakes.js";
import { FakeHongbao } from "./hongbao.js";
import { store } from "./media-ops.js";
import { MemorySocket } from "./memory-socket.js";

/** Clients of one fake server. */
export class Clients {
  server = new FakeHongbao();
  #clients = [];

  get all() {
    return this.#clients;
  }

  /** A client that is signed in as a new user; `sockets` holds what it dialled. */
  async client(nickname) {
    const storage = new Storage(memoryStore());
    const account = { username: nickname, password: "secret", nickname };
    storage.set("hongbao.account", { ...account, ...this.server.createAccount(account) });
    const sockets = [];
    const made = new Client({
      storage,
      connect: () => sockets[sockets.push(new MemorySocket(this.server)) - 1],
      digest: digestOf,
      cover: async (file) => this.server.coverOf(file),
      put: (signed, body, onprogress, signal) => this.#put(signed, body, onprogress, signal),
    });
    made.sockets = sockets;
    made.storage = storage;
    this.#clients.push(made);
    made.start();
    await until(() => made.conversations.loaded);
    return made;
  }

  async #put({ url }, body, onprogress, signal) {
    const content = await body.arrayBuffer();
    signal.throwIfAborted();
    if (!(await this.server.faults.put(url)) || !store(this.server, url, content)) {
      throw new RequestError("store_away");
    }
    onprogress(body.size);
  }

  /** A group of these, the first its owner; resolves with its id. */
  async together(owner, ...others) {
    const { group } = await owner.request("group.create", { clientGroupId: "c", name: "Tea" });
    const { code } = await owner.request("group.invite_code", { groupId: group.groupId });
    for (const other of others) {
      await other.request("group.join", { inviteCode: code });
    }
    await until(() => [owner, ...others].every((each) => each.conversations.get(group.groupId)));
    return group.groupId;
  }

  /** Cuts all connections and waits until all are back. */
  async reconnect() {
    this.server.cut();
    await until(() => this.#clients.every((each) => each.connection.state === "waiting"));
    await until(() =>
      this.#clients.every((each) => (each.connection.probe(), each.connection.state === "open")),
    );
  }

  stop() {
    this.#clients.forEach((each) => each.stop());
  }
}

/** Sends a text; resolves with its `seq` once the sender holds it. */
export async function say(client, groupId, text, more = {}) {
  const wish = { groupId, clientMessageId: text, type: "text", content: { text }, ...more };
  const { seq } = await client.request("message.send", wish);
  return seq;
}
