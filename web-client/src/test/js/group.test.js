import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { Emitter } from "../../main/resources/web/js/emitter.js";
import { Departures } from "../../main/resources/web/js/model/departures.js";
import { changesOf } from "../../main/resources/web/js/model/group-changes.js";
import { RequestError } from "../../main/resources/web/js/net/request-error.js";
import { Clients, say } from "./fake/clients.js";
import { until } from "./fakes.js";

describe("a group with an owner", () => {
  let clients;
  let ann;
  let bob;
  let groupId;

  beforeEach(async () => {
    clients = new Clients();
    [ann, bob] = [await clients.client("ann"), await clients.client("bob")];
    groupId = await clients.together(ann, bob);
    [ann, bob].forEach((each) => each.lookAt(groupId));
    await until(() => [ann, bob].every((each) => each.members.list.length === 2));
  });

  afterEach(() => clients.stop());

  const roles = (client) =>
    client.members.list.map(({ userId, role }) => `${userId === ann.me ? "ann" : "bob"} ${role}`);
  const group = (client) => client.conversations.get(groupId).group;
  const role = (client) => client.conversations.get(groupId).role;

  test("shows roles as they change, without asking again", async () => {
    await ann.request("group.set_role", { groupId, userId: bob.me, role: "admin" });
    await until(() => role(bob) === "admin");
    await ann.request("group.transfer", { groupId, userId: bob.me });
    await until(() => role(bob) === "owner" && role(ann) === "admin");
    assert.deepEqual(roles(ann).toSorted(), ["ann admin", "bob owner"]);
    assert.deepEqual(roles(bob).toSorted(), ["ann admin", "bob owner"]);
    assert.equal(group(ann).ownerId, bob.me);
  });

  test("shows its settings as they change", async () => {
    const rules = { joinPolicy: "approval", joinQuestion: "Why?" };
    await ann.request("group.update", { groupId, name: "Coffee", rules });
    await until(() => group(bob).name === "Coffee");
    assert.equal(group(bob).rules.joinQuestion, "Why?");
    assert.equal(group(bob).rules.postPolicy, "everyone");
    await ann.request("group.update", { groupId, announcement: "Hello" });
    await until(() => group(bob).announcement === "Hello");
    assert.equal(group(bob).name, "Coffee");
  });

  test("holds up what is pinned, as it is edited, until it is unpinned or taken back", async () => {
    const [one, two] = [await say(ann, groupId, "one"), await say(ann, groupId, "two")];
    await ann.request("message.pin", { groupId, seq: one });
    await ann.request("message.pin", { groupId, seq: two });
    await until(() => bob.pins.list.length === 2);
    assert.deepEqual(
      bob.pins.list.map(({ message }) => message.seq),
      [two, one],
    );
    await ann.request("message.edit", { groupId, seq: two, content: { text: "new" } });
    await until(() => bob.pins.list[0].message.content.text === "new");
    await ann.request("message.recall", { groupId, seq: two });
    await until(() => !bob.pins.has(two));
    await ann.request("message.unpin", { groupId, seq: one });
    await until(() => bob.pins.list.length === 0);
  });

  test("shows edits and reactions alike to all, also after lost events and connections", async () => {
    const logs = [ann, bob].map((each) => each.logs.open(groupId));
    const seq = await say(ann, groupId, "helo");
    let events = 0;
    clients.server.faults.event = () => ++events % 2 === 0;
    await bob.request("message.react", { groupId, seq, emoji: "👍" });
    await ann.request("message.react", { groupId, seq, emoji: "👍" });
    await ann.request("message.edit", { groupId, seq, content: { text: "hello" } });
    await bob.request("message.react", { groupId, seq, emoji: "🧧" });
    await bob.request("message.react", { groupId, seq, emoji: "👍", remove: true });
    clients.server.faults.event = () => true;
    await clients.reconnect();
    const last = clients.server.world.group(groupId).log.length;
    await until(() => logs.every((log) => log.window.high === last));
    for (const [at, log] of logs.entries()) {
      const { content, reactions, editedAt } = log.window.entry(seq);
      assert.equal(content.text, "hello");
      assert.ok(editedAt);
      assert.deepEqual(
        reactions.map(({ emoji, count, mine }) => [emoji, count, Boolean(mine)]),
        [
          ["👍", 1, at === 0],
          ["🧧", 1, at === 1],
        ],
      );
    }
  });

  test("has an edited message in the list, and counts it once", async () => {
    const seq = await say(ann, groupId, "lunch?");
    await until(() => bob.conversations.get(groupId).unread === 1);
    await ann.request("message.edit", {
      groupId,
      seq,
      content: { text: "lunch, @bob?" },
      mentions: [bob.me],
    });
    await until(() => bob.conversations.get(groupId).mentioned);
    await bob.request("message.react", { groupId, seq, emoji: "🍵" });
    const { unread, lastMessage } = bob.conversations.get(groupId);
    assert.equal(unread, 1);
    assert.equal(lastMessage.content.text, "lunch, @bob?");
  });

  describe("that lets people in by approval", () => {
    let cid;

    beforeEach(async () => {
      await ann.request("group.update", { groupId, rules: { joinPolicy: "approval" } });
      cid = await clients.client("cid");
      const { code } = await ann.request("group.invite_code", { groupId });
      const { status, group: asked } = await cid.request("group.join", {
        inviteCode: code,
        message: "It is me",
      });
      assert.equal(status, "pending");
      cid.asked.add(asked);
      await until(() => ann.joinRequests.list.length === 1);
    });

    test("shows who asks to who decides, and to nobody else", () => {
      assert.equal(ann.joinRequests.list[0].message, "It is me");
      assert.equal(ann.joinRequests.countText, "1");
      assert.equal(bob.joinRequests.list.length, 0);
    });

    test("tells who waits that they are in", async () => {
      const accepted = [];
      cid.asked.on("accepted", ({ name }) => accepted.push(name));
      assert.equal(cid.asked.list.length, 1);
      await ann.joinRequests.decide(ann.joinRequests.list[0].requestId, true);
      assert.equal(ann.joinRequests.list.length, 0);
      await until(() => cid.conversations.get(groupId));
      assert.deepEqual(accepted, ["Tea"]);
      assert.deepEqual(cid.asked.list, []);
      assert.equal(cid.storage.get(`hongbao.asked.${cid.me}`), null);
    });

    test("keeps what was asked in this browser", () => {
      cid.asked.unload();
      assert.deepEqual(cid.asked.list, []);
      cid.asked.load(cid.me);
      assert.equal(cid.asked.get(groupId).name, "Tea");
    });

    test("shows the requests to who becomes an admin", async () => {
      await ann.request("group.set_role", { groupId, userId: bob.me, role: "admin" });
      await until(() => bob.joinRequests.list.length === 1);
      await ann.request("group.set_role", { groupId, userId: bob.me, role: "member" });
      await until(() => bob.joinRequests.list.length === 0);
    });

    test("reads the list anew where another admin was first", async () => {
      const [{ requestId }] = ann.joinRequests.list;
      await ann.request("group.decide", { requestId, accept: false });
      await assert.rejects(ann.joinRequests.decide(requestId, true));
      await until(() => ann.joinRequests.list.length === 0);
    });
  });

  describe("that is lost", () => {
    let gone;

    beforeEach(() => {
      gone = [];
      bob.departures.on("gone", (departure) => gone.push(departure));
    });

    const lost = async () => {
      await until(() => gone.length === 1);
      const { name, why, by } = gone[0];
      return [name, why, by];
    };

    test("says that one was removed", async () => {
      await ann.request("group.remove", { groupId, userIds: [bob.me] });
      assert.deepEqual(await lost(), ["Tea", "removed", undefined]);
    });

    test("says that it was dissolved, and by whom", async () => {
      await ann.request("group.dissolve", { groupId });
      assert.deepEqual(await lost(), ["Tea", "dissolved", ann.me]);
    });

    test("says that one left", async () => {
      bob.departures.leaving(groupId);
      await bob.request("group.leave", { groupId });
      assert.deepEqual(await lost(), ["Tea", "left", undefined]);
    });

    test("is missed by who was away", async () => {
      clients.server.faults.event = (name) => name !== "conversation";
      await ann.request("group.remove", { groupId, userIds: [bob.me] });
      clients.server.faults.event = () => true;
      await clients.reconnect();
      assert.deepEqual(await lost(), ["Tea", "removed", undefined]);
    });

    test("is forgotten by who is back", async () => {
      await ann.request("group.remove", { groupId, userIds: [bob.me] });
      await lost();
      await ann.request("group.invite", { groupId, userIds: [bob.me] });
      await until(() => bob.conversations.get(groupId));
      assert.equal(bob.departures.get(groupId), undefined);
    });
  });
});

describe("a group that is lost", () => {
  for (const [code, why] of [
    ["not_a_member", "removed"],
    ["disconnected", "unknown"],
  ]) {
    test(`is ${why} to who is told ${code}`, async () => {
      const request = () => Promise.reject(new RequestError(code));
      const conversations = new Emitter();
      const connection = Object.assign(new Emitter(), { request });
      const gone = [];
      new Departures(connection, conversations).on("gone", (departure) => gone.push(departure));
      conversations.emit("removed", { groupId: "7", name: "Tea" });
      await until(() => gone.length === 1);
      assert.equal(gone[0].why, why);
    });
  }
});

describe("the form of a group's settings", () => {
  const group = {
    name: "Tea",
    announcement: "",
    rules: {
      joinPolicy: "invite_only",
      invitePolicy: "everyone",
      postPolicy: "everyone",
      historyPolicy: "all",
    },
  };
  const values = {
    name: "Tea",
    announcement: "",
    ...group.rules,
    slowModeMs: "0",
    joinQuestion: "",
  };
  const table = [
    [{}, {}],
    [{ name: " Coffee " }, { name: "Coffee" }],
    [{ announcement: "Hi" }, { announcement: "Hi" }],
    [{ slowModeMs: "30000" }, { rules: { slowModeMs: 30_000 } }],
    [
      { joinPolicy: "approval", joinQuestion: "Why? " },
      { rules: { joinPolicy: "approval", joinQuestion: "Why?" } },
    ],
  ];
  for (const [changed, wish] of table) {
    test(`asks for ${JSON.stringify(wish)}`, () =>
      assert.deepEqual(changesOf({ ...values, ...changed }, group), wish));
  }
});
