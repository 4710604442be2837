import { coverOf } from "./files/cover.js";
import { digestAside } from "./files/digest-aside.js";
import { concernsAccount } from "./model/account.js";
import { Client } from "./model/client.js";
import { putToStore } from "./net/store.js";
import { Storage } from "./storage.js";
import { showApp } from "./view/app.js";

function webSocket(subprotocol) {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(`${scheme}//${location.host}/ws`, subprotocol);
}

/** Null where the browser forbids it. */
function localStore() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

const client = new Client({
  storage: new Storage(localStore()),
  connect: webSocket,
  digest: digestAside,
  put: putToStore,
  cover: coverOf,
});

addEventListener("online", () => client.connection.probe());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") {
    client.connection.probe();
  }
});
addEventListener("storage", (event) => {
  if (concernsAccount(event)) {
    client.account.reload();
    if (client.me !== client.startedAs) {
      location.reload(); // signed in or out in another tab
    }
  }
});

addEventListener("beforeunload", (event) => {
  if (client.uploads.any) {
    event.preventDefault(); // the browser asks: files on their way live as long as the page
  }
});

showApp(client);
client.start();
