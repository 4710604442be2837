import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import {
  Connection,
  OPEN_TIMEOUT_MS,
  PONG_TIMEOUT_MS,
} from "../../main/resources/web/js/net/connection.js";
import { REQUEST_TIMEOUT_MS } from "../../main/resources/web/js/net/link.js";
import { settle } from "./fakes.js";

const HEARTBEAT_MS = 30_000;

/** A WebSocket that does what the test says. */
class FakeSocket {
  readyState = 0;
  sent = [];
  closed = false;

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.closed = true;
  }

  open() {
    this.readyState = 1;
    this.onopen();
  }

  say(frame) {
    this.onmessage({ data: JSON.stringify(frame) });
  }

  answer(data) {
    this.say({ id: this.sent.at(-1).id, data });
  }

  end(code, reason = "") {
    this.readyState = 3;
    this.onclose({ code, reason });
  }
}

describe("the connection", () => {
  let sockets;
  let connection;
  let renewals;
  let seen;
  const last = () => sockets.at(-1);

  async function openSession() {
    last().open();
    last().answer({ sessionId: `s${sockets.length}`, heartbeatMs: HEARTBEAT_MS });
    await settle(2);
  }

  function start(t) {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    connection.start();
  }

  beforeEach(() => {
    sockets = [];
    renewals = [];
    seen = [];
    connection = new Connection({
      connect: () => sockets[sockets.push(new FakeSocket()) - 1],
      credentials: () => ({ token: "t", deviceId: "d" }),
      renew: () => renewals.shift() ?? Promise.resolve(false),
    });
    connection.on("state", (state) => seen.push(state));
    connection.on("open", ({ sessionId }) => seen.push(sessionId));
    connection.on("ended", ({ code }) => seen.push(code));
  });

  test("opens a session first", async (t) => {
    start(t);
    last().open();
    assert.deepEqual(last().sent, [
      { id: 1, op: "session.open", data: { token: "t", deviceId: "d" } },
    ]);
    last().answer({ sessionId: "s1", heartbeatMs: HEARTBEAT_MS });
    await settle(2);
    assert.deepEqual(seen, ["connecting", "open", "s1"]);
  });

  test("matches replies with requests in whichever order they come", async (t) => {
    start(t);
    await openSession();
    const answers = [connection.request("a"), connection.request("b"), connection.request("c")];
    const [a, b, c] = last()
      .sent.slice(-3)
      .map(({ id }) => id);
    last().say({ id: c, data: { n: 3 } });
    last().say({ id: a, error: { code: "muted", message: "quiet", untilAt: 5 } });
    last().say({ id: b, data: { n: 2 } });
    await assert.rejects(answers[0], { code: "muted", message: "quiet", untilAt: 5 });
    assert.deepEqual(await answers[1], { n: 2 });
    assert.deepEqual(await answers[2], { n: 3 });
  });

  test("hands on events by name", async (t) => {
    start(t);
    await openSession();
    const events = [];
    connection.on("event:typing", (data) => events.push(data));
    last().say({ event: "typing", data: { groupId: "1" } });
    last().say({ event: "unheard-of", data: {} });
    assert.deepEqual(events, [{ groupId: "1" }]);
  });

  test("dials again later after each loss, and later each time", async (t) => {
    start(t);
    await openSession();
    last().end(1006);
    assert.equal(connection.state, "waiting");
    const waits = [];
    for (let attempt = 0; attempt < 4; attempt++) {
      let ms = 0;
      for (const dialled = sockets.length; sockets.length === dialled; ms += 10) {
        t.mock.timers.tick(10);
      }
      waits.push(ms);
      last().end(1006);
    }
    waits.forEach((ms, attempt) =>
      assert.ok(ms >= 250 * 2 ** attempt && ms <= 500 * 2 ** attempt + 10, `${waits}`),
    );
  });

  test("does not dial again where it was told not to", async (t) => {
    start(t);
    await openSession();
    last().end(4504);
    t.mock.timers.tick(60_000);
    assert.equal(sockets.length, 1);
    assert.deepEqual(seen.slice(-2), ["ended", 4504]);
    connection.start();
    assert.equal(sockets.length, 2);
  });

  test("rejects what was in flight when the connection is lost", async (t) => {
    start(t);
    await openSession();
    const answer = connection.request("message.send");
    last().end(1006);
    await assert.rejects(answer, { code: "disconnected" });
    await assert.rejects(connection.request("message.send"), { code: "disconnected" });
  });

  for (const code of [4002, 4501]) {
    test(`gets a new token after close ${code}, once`, async (t) => {
      start(t);
      await openSession();
      renewals.push(Promise.resolve(true));
      last().end(code);
      await settle(2);
      assert.equal(sockets.length, 2);
      last().end(code);
      assert.deepEqual(seen.slice(-2), ["ended", code]);
    });
  }

  test("keeps trying where a new token could not be asked for", async (t) => {
    start(t);
    renewals.push(Promise.reject(new Error("no network")));
    last().end(4002);
    await settle(2);
    assert.equal(connection.state, "waiting");
    t.mock.timers.tick(1_000);
    assert.equal(sockets.length, 2);
  });

  test("gives up a connection that does not open", (t) => {
    start(t);
    t.mock.timers.tick(OPEN_TIMEOUT_MS);
    assert.equal(last().closed, true);
    assert.equal(connection.state, "waiting");
  });

  test("drops a connection that answers no heartbeat", async (t) => {
    start(t);
    await openSession();
    t.mock.timers.tick(HEARTBEAT_MS);
    assert.equal(last().sent.at(-1).op, "session.ping");
    t.mock.timers.tick(PONG_TIMEOUT_MS);
    await settle(2);
    assert.equal(sockets[0].closed, true);
    assert.equal(connection.state, "waiting");
  });

  test("keeps a connection that answers them", async (t) => {
    start(t);
    await openSession();
    for (let beats = 0; beats < 5; beats++) {
      t.mock.timers.tick(HEARTBEAT_MS);
      last().answer({ serverAt: 1 });
      await settle(2);
    }
    assert.equal(connection.state, "open");
    assert.equal(sockets.length, 1);
  });

  test("asks whether the connection lives when a request is not answered", async (t) => {
    start(t);
    await openSession();
    const answer = connection.request("group.get");
    t.mock.timers.tick(REQUEST_TIMEOUT_MS);
    await assert.rejects(answer, { code: "timeout" });
    await settle(2);
    assert.equal(last().sent.at(-1).op, "session.ping");
  });

  test("opens the next connection before it drops that of a leaving node", async (t) => {
    start(t);
    await openSession();
    last().say({ event: "reconnect", data: { reason: "leaving", afterMs: 300 } });
    t.mock.timers.tick(300);
    assert.equal(sockets.length, 2);
    assert.equal(sockets[0].closed, false);
    await openSession();
    assert.equal(sockets[0].closed, true);
    assert.deepEqual(seen, ["connecting", "open", "s1", "s2"]);
    sockets[0].end(4504);
    assert.equal(connection.state, "open");
  });

  test("stays with the old node until the next connection opens", async (t) => {
    start(t);
    await openSession();
    last().say({ event: "reconnect", data: { reason: "leaving", afterMs: 0 } });
    t.mock.timers.tick(0);
    last().end(1006);
    assert.equal(connection.state, "open");
    t.mock.timers.tick(500);
    assert.equal(sockets.length, 3);
    sockets[0].end(4001);
    assert.equal(connection.state, "connecting");
    await openSession();
    assert.equal(connection.state, "open");
  });

  test("dials at once when the network may be back", async (t) => {
    start(t);
    last().end(1006);
    connection.probe();
    assert.equal(sockets.length, 2);
    t.mock.timers.tick(1_000);
    assert.equal(sockets.length, 2);
  });

  test("lets a caller wait for it, for a while", async (t) => {
    start(t);
    const inTime = connection.opened(1_000);
    await openSession();
    await inTime;
    last().end(4504);
    const never = connection.opened(1_000);
    t.mock.timers.tick(1_000);
    await assert.rejects(never, { code: "disconnected" });
  });

  test("is silent once stopped", async (t) => {
    start(t);
    await openSession();
    connection.stop();
    t.mock.timers.tick(120_000);
    assert.equal(sockets.length, 1);
    assert.equal(sockets[0].closed, true);
    assert.deepEqual(seen.slice(-1), ["ended"]);
  });
});
