import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { Refused } from "./groups.js";
import { FakeHongbao } from "./hongbao.js";
import { store, stored } from "./media-ops.js";
import { acceptWebSocket } from "./websocket.js";

// Serves the page with a fake Hongbao behind it, for trying things out in a browser:
//   node src/test/js/fake/server.js [port] [file that keeps the data]
// POST /fake/cut cuts all connections; POST /fake/lose?n=3 loses the next three message events.
// /fake/store is the media store; what lies in it is not kept in the file.

const WEB = fileURLToPath(new URL("../../../main/resources/web/", import.meta.url));
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
const CSP =
  "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: blob:; media-src 'self' blob:";
const STATUS = { username_taken: 409, bad_credentials: 401, invalid_argument: 400 };

const port = Number(process.argv[2] ?? 8099);
const file = process.argv[3];
const hongbao = new FakeHongbao();
if (file && existsSync(file)) {
  hongbao.world.data = JSON.parse(readFileSync(file, "utf8"));
}

function page(path, response) {
  const name = path === "/" || path.startsWith("/join/") ? "index.html" : normalize(path);
  const wanted = join(WEB, name);
  if (!wanted.startsWith(WEB) || !existsSync(wanted)) {
    response.writeHead(404).end();
    return;
  }
  const type = `${TYPES[extname(wanted)]}; charset=utf-8`;
  response.writeHead(200, {
    "Content-Type": type,
    "Content-Security-Policy": CSP,
    "Cache-Control": "no-store",
  });
  response.end(readFileSync(wanted));
}

async function accounts(request, response, status, answer) {
  let body = "";
  for await (const chunk of request) {
    body += chunk;
  }
  try {
    const json = JSON.stringify(answer(JSON.parse(body)));
    response.writeHead(status, { "Content-Type": "application/json" }).end(json);
  } catch (error) {
    const code = error instanceof Refused ? error.error.code : "internal";
    response.writeHead(STATUS[code] ?? 500, { "Content-Type": "application/problem+json" });
    response.end(JSON.stringify({ title: code, code }));
  }
}

function fault(url, response) {
  if (url.pathname === "/fake/cut") {
    hongbao.cut();
  } else {
    let left = Number(url.searchParams.get("n") ?? 1);
    hongbao.faults.event = (name) => name !== "message" || left-- <= 0;
  }
  response.end();
}

/** What has come is read before it is answered; a slow network is easily put on in the browser. */
async function bringToStore(request, response) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  response.writeHead(store(hongbao, request.url, Buffer.concat(chunks)) ? 200 : 403).end();
}

function takeFromStore(path, { headers }, response) {
  const { content, contentType, kind, name } = stored(hongbao, path.split("/").at(-1)) ?? {};
  if (!content) {
    response.writeHead(404).end();
    return;
  }
  const [, from = 0, to = content.length - 1] = /bytes=(\d+)-(\d+)?/u.exec(headers.range) ?? [];
  const part = content.subarray(Number(from), Number(to) + 1);
  response.writeHead(headers.range ? 206 : 200, {
    "Content-Type": contentType,
    "Accept-Ranges": "bytes",
    "Content-Range": `bytes ${from}-${to}/${content.length}`,
    ...(kind === "file" && { "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}` }),
  });
  response.end(part);
}

const server = createServer((request, response) => {
  const url = new URL(request.url, "http://fake");
  if (url.pathname === "/api/v1/accounts") {
    accounts(request, response, 201, (body) => hongbao.createAccount(body));
  } else if (url.pathname === "/api/v1/tokens") {
    accounts(request, response, 200, (body) => hongbao.createToken(body));
  } else if (url.pathname.startsWith("/fake/store/") && request.method === "PUT") {
    bringToStore(request, response).catch(() => response.destroy()); // whoever sent it has gone
  } else if (url.pathname.startsWith("/fake/store/")) {
    takeFromStore(url.pathname, request, response);
  } else if (url.pathname.startsWith("/fake/")) {
    fault(url, response);
  } else {
    page(url.pathname, response);
  }
});

server.on("upgrade", (request, socket) => {
  const session = hongbao.connect(
    acceptWebSocket(request, socket, {
      onText: (text) => hongbao.receive(session, text),
      onClose: () => hongbao.closed(session),
    }),
  );
});

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    if (file) {
      writeFileSync(file, JSON.stringify(hongbao.world.data));
    }
    process.exit();
  });
}

server.listen(port, "127.0.0.1", () => {
  const url = `http://127.0.0.1:${server.address().port}/`;
  hongbao.storeUrl = `${url}fake/store`;
  console.log(url);
});
