import { refuseStrayFiles } from "./file-drop.js";
import { noticeRegion } from "./notices.js";
import { showTitle } from "./title.js";
import { welcome } from "./welcome.js";
import { workspace } from "./workspace.js";

const TOKEN_EXPIRED = 4002;
const TOKEN_INVALID = 4501;

/** The page: the welcome while nobody is signed in, the workspace else. */
export function showApp(client) {
  let shown = null;

  const show = (name, make) => {
    if (shown !== name) {
      shown = name;
      document.body.replaceChildren(make(), noticeRegion);
    }
  };

  client.on("account", () => {
    if (client.me && shown === "login") {
      location.reload(); // a fresh workspace, with everything as the server has it now
    } else if (client.me) {
      show("workspace", () => workspace(client));
    } else if (shown === "workspace") {
      location.replace("/"); // whoever comes next finds nothing of who was here
    } else {
      show("welcome", () => welcome(client));
    }
  });
  client.on("ended", ({ code }) => {
    if (code === TOKEN_EXPIRED || code === TOKEN_INVALID) {
      client.stop();
      show("login", () => welcome(client, { username: client.account.current?.username }));
    }
  });
  showTitle(client);
  refuseStrayFiles();
}
