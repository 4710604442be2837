import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { Clients } from "./fake/clients.js";
import { until } from "./fakes.js";

describe("clients of one group", () => {
  let clients;
  let server;

  const client = (nickname) => clients.client(nickname);
  const together = (...members) => clients.together(...members);
  const texts = (log) =>
    log.window.entries.filter(({ type }) => type === "text").map(({ content }) => content.text);
  const say = (who, groupId, words) =>
    who.outbox.add(groupId, { type: "text", content: { text: words } });

  beforeEach(() => {
    clients = new Clients();
    server = clients.server;
  });

  afterEach(() => clients.stop());

  test("see each other's messages, and count the unread ones", async () => {
    const [ann, bob] = [await client("ann"), await client("bob")];
    const groupId = await together(ann, bob);
    const log = ann.logs.open(groupId);
    say(ann, groupId, "hello");
    say(ann, groupId, "anyone?");
    await until(() => bob.conversations.get(groupId).unread === 2);
    assert.equal(ann.conversations.get(groupId).unread, 0);
    await until(() => texts(log).length === 2);
    bob.readMarks.seen(groupId, bob.conversations.get(groupId).lastSeq);
    await until(() => bob.conversations.totalUnread === 0);
    await until(() => server.world.unreadOf(server.world.group(groupId), bob.me).length === 0);
  });

  test("lose nothing and see nothing twice while events, replies and connections are lost", async () => {
    const [ann, bob] = [await client("ann"), await client("bob")];
    const groupId = await together(ann, bob);
    const logs = [ann, bob].map((each) => each.logs.open(groupId));
    let frames = 0;
    server.faults.event = (name) => name !== "message" || ++frames % 3 !== 0;
    const said = [];
    for (let n = 0; n < 60; n++) {
      const words = `message ${n}`;
      said.push(words);
      say(n % 2 ? ann : bob, groupId, words);
      if (n % 10 === 5) {
        server.faults.reply = (op) => op !== "message.send"; // stored, but the sender never hears of it
      }
      if (n % 10 === 7) {
        server.faults.reply = () => true;
        server.cut();
        clients.all.forEach((each) => each.connection.probe());
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await clients.reconnect();
    await until(() =>
      clients.all.every((each) => each.outbox.of(groupId).every(({ state }) => state === "sent")),
    );
    const stored = server.world.group(groupId).log;
    server.toUsers([ann.me, bob.me], "resync", { groupId, lastSeq: stored.length }); // the tail announcement
    for (const log of logs) {
      await until(() => texts(log).length === said.length, "every message at every member");
      assert.deepEqual(texts(log).toSorted(), said.toSorted());
      assert.deepEqual(
        log.window.entries.map(({ seq }) => seq),
        stored.map(({ seq }) => seq),
      );
    }
  });

  test("read on what was said while they were away", async () => {
    const [ann, bob] = [await client("ann"), await client("bob")];
    const groupId = await together(ann, bob);
    const log = bob.logs.open(groupId);
    await log.readOn();
    server.closed([...server.sessions].find(({ userId }) => userId === bob.me)); // gets nothing more
    say(ann, groupId, "are you there?");
    await until(() => ann.outbox.of(groupId)[0].state === "sent");
    assert.deepEqual(texts(log), []);
    server.cut();
    bob.sockets.at(-1).close();
    await until(() => bob.connection.state === "waiting");
    bob.connection.probe();
    await until(() => texts(log).length === 1);
    assert.equal(bob.conversations.get(groupId).unread, 1);
  });

  test("keep the order of one sender's messages over lost connections", async () => {
    const ann = await client("ann");
    const groupId = await together(ann);
    for (let n = 0; n < 20; n++) {
      say(ann, groupId, `${n}`);
      if (n % 5 === 2) {
        await new Promise((resolve) => setTimeout(resolve, 3));
        server.cut();
      }
    }
    await until(
      () => (ann.connection.probe(), ann.outbox.of(groupId).every(({ state }) => state === "sent")),
    );
    const stored = server.world.group(groupId).log.filter(({ type }) => type === "text");
    assert.deepEqual(
      stored.map(({ content }) => Number(content.text)),
      [...Array(20).keys()],
    );
  });

  test("ask again where the connection is lost over a request", async () => {
    const ann = await client("ann");
    server.faults.reply = (op) => op !== "group.create";
    const asked = ann.request("group.create", { clientGroupId: "once", name: "Tea" });
    await until(() => Object.keys(server.world.data.groups).length === 1);
    server.faults.reply = () => true;
    server.cut();
    const { group } = await asked;
    assert.deepEqual(Object.keys(server.world.data.groups), [group.groupId]);
  });

  test("ask again where the server cannot just now, and are told where it goes on", async () => {
    const ann = await client("ann");
    let failures = 2;
    server.faults.away = (op) => op === "face.enter" && failures-- > 0;
    await ann.faceRoom.enter("0471");
    assert.equal(ann.faceRoom.state, "waiting");
    failures = 3;
    await assert.rejects(ann.request("face.enter", { code: "0472" }), { code: "unavailable" });
    assert.equal(failures, 0);
  });

  test("do not ask for somebody who is signed out meanwhile", async () => {
    const ann = await client("ann");
    let asked = 0;
    server.faults.away = (op) => op === "user.get" && ++asked > 0;
    const asking = ann.request("user.get", { userIds: [ann.me] });
    await until(() => asked === 1);
    ann.logOut();
    const bob = { username: "bob", password: "secret", nickname: "bob" };
    ann.storage.set("hongbao.account", { ...bob, ...server.createAccount(bob) });
    ann.account.reload();
    ann.start();
    await assert.rejects(asking, { code: "disconnected" });
    assert.equal(asked, 1);
  });

  test("hear of the groups they join and lose", async () => {
    const [ann, bob] = [await client("ann"), await client("bob")];
    const groupId = await together(ann, bob);
    const removed = [];
    bob.conversations.on("removed", (group) => removed.push(group));
    await bob.request("group.leave", { groupId });
    await until(() => removed.length === 1);
    assert.equal(bob.conversations.get(groupId), undefined);
    await until(() => ann.conversations.get(groupId).group.memberCount === 1);
  });

  test("open the next connection before a leaving node drops the old one", async () => {
    const ann = await client("ann");
    const states = [];
    ann.connection.on("state", (state) => states.push(state));
    const sessions = [];
    ann.connection.on("open", ({ sessionId }) => sessions.push(sessionId));
    server.toUsers([ann.me], "reconnect", { reason: "leaving", afterMs: 5 });
    await until(() => sessions.length === 1);
    assert.deepEqual(states, []);
    assert.equal(ann.sockets.length, 2);
    assert.equal(ann.sockets[0].readyState, 3);
    assert.deepEqual(
      (await ann.request("user.get", { userIds: [ann.me] })).users[0].nickname,
      "ann",
    );
  });
});
