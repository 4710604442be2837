import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { may, mayInvite } from "../../main/resources/web/js/model/roles.js";
import { speechOf } from "../../main/resources/web/js/model/speaking.js";
import { Clients, say } from "./fake/clients.js";
import { until } from "./fakes.js";

const HOUR = 3_600_000;

describe("whether somebody may write", () => {
  const NOW = 1_000_000;
  const slow = { slowModeMs: 30_000 };
  const closed = { postPolicy: "admins" };
  const atWill = { may: true, waitMs: 0, slowModeMs: 0 };
  const table = [
    ["anybody", { role: "member" }, {}, atWill],
    [
      "who is muted",
      { role: "member", mutedUntilAt: NOW + 1 },
      {},
      { may: false, untilAt: NOW + 1 },
    ],
    [
      "an admin who is muted",
      { role: "admin", mutedUntilAt: NOW + 1 },
      {},
      { may: false, untilAt: NOW + 1 },
    ],
    ["the owner, whatever is said", { role: "owner", mutedUntilAt: NOW + 1 }, {}, atWill],
    ["whose mute is over", { role: "member", mutedUntilAt: NOW }, {}, atWill],
    ["a member where only admins write", { role: "member" }, closed, { may: false }],
    ["an admin where only admins write", { role: "admin" }, closed, atWill],
    [
      "who is muted where only admins write",
      { role: "member", mutedUntilAt: NOW + 5 },
      closed,
      { may: false, untilAt: NOW + 5 },
    ],
    [
      "who wrote just now in slow mode",
      { role: "member", lastPostAt: NOW - 10_000 },
      slow,
      { may: true, waitMs: 20_000, slowModeMs: 30_000 },
    ],
    [
      "who wrote long ago in slow mode",
      { role: "member", lastPostAt: NOW - 30_000 },
      slow,
      { may: true, waitMs: 0, slowModeMs: 30_000 },
    ],
    ["an admin in slow mode", { role: "admin", lastPostAt: NOW }, slow, atWill],
    [
      "whose clock is behind",
      { role: "member", lastPostAt: NOW + 900 },
      slow,
      { may: true, waitMs: 30_000, slowModeMs: 30_000 },
    ],
  ];
  for (const [who, member, rules, speech] of table) {
    test(`knows ${who}`, () => assert.deepEqual(speechOf(member, rules, NOW), speech));
  }
});

describe("what roles may do", () => {
  const OTHERS = ["owner", "admin", "member"];
  const table = {
    dissolve: [true, false, false],
    manage: [true, true, false],
    pin: [true, true, false],
    transfer: [["admin", "member"], [], []],
    setRole: [["admin", "member"], [], []],
    remove: [["admin", "member"], ["member"], []],
    mute: [["admin", "member"], ["member"], []],
  };
  for (const [act, rights] of Object.entries(table)) {
    test(`is known of ${act}`, () =>
      OTHERS.forEach((role, at) => {
        const right = rights[at];
        if (typeof right === "boolean") {
          assert.equal(may(role, act), right, role);
        } else {
          assert.deepEqual(
            OTHERS.filter((target) => may(role, act, target)),
            right,
            role,
          );
        }
      }));
  }

  test("depends on the rules for inviting", () => {
    assert.equal(mayInvite("member", { invitePolicy: "everyone" }), true);
    assert.equal(mayInvite("member", { invitePolicy: "admins" }), false);
    assert.equal(mayInvite("admin", { invitePolicy: "admins" }), true);
  });

  test("is nothing for who is no member", () => assert.equal(may(undefined, "manage"), false));
});

describe("a member's own right to write", () => {
  let clients;
  let ann;
  let bob;
  let groupId;

  beforeEach(async () => {
    clients = new Clients();
    [ann, bob] = [await clients.client("ann"), await clients.client("bob")];
    groupId = await clients.together(ann, bob);
    bob.logs.open(groupId);
    bob.lookAt(groupId);
    await until(() => bob.members.get(bob.me));
  });

  afterEach(() => clients.stop());

  const mute = (untilAt) => ann.request("group.mute", { groupId, userId: bob.me, untilAt });
  const rule = (rules) => ann.request("group.update", { groupId, rules });
  const mayWrite = () => bob.speaking.state.may;

  test("goes with a mute and comes back when it is lifted", async () => {
    const untilAt = Date.now() + HOUR;
    await mute(untilAt);
    await until(() => !mayWrite());
    assert.equal(bob.speaking.state.untilAt, untilAt);
    assert.equal(bob.members.get(bob.me).mutedUntilAt, untilAt);
    await mute(0);
    await until(mayWrite);
  });

  test("comes back with the event that a mute has run out", async () => {
    await mute(Date.now() + HOUR);
    await until(() => !mayWrite());
    clients.server.toUsers([bob.me], "unmuted", { groupId });
    await until(mayWrite);
  });

  test("comes back when the time is over, whatever is told", async () => {
    await mute(Date.now() + 300);
    await until(() => !mayWrite());
    await until(mayWrite);
  });

  test("is known after a mute that was missed", async () => {
    clients.server.faults.event = () => false;
    await mute(Date.now() + HOUR);
    clients.server.faults.event = () => true;
    assert.equal(mayWrite(), true);
    bob.outbox.add(groupId, { type: "text", content: { text: "hello?" } });
    await until(() => !mayWrite());
    assert.equal(bob.outbox.of(groupId)[0].state, "failed");
  });

  test("is read with the members by who comes later", async () => {
    bob.lookAt(null);
    await mute(Date.now() + HOUR);
    await clients.reconnect();
    bob.lookAt(groupId);
    await until(() => !mayWrite());
  });

  test("goes where only admins write, but not for them", async () => {
    await rule({ postPolicy: "admins" });
    await until(() => !mayWrite());
    assert.equal(bob.speaking.state.untilAt, undefined);
    await ann.request("group.set_role", { groupId, userId: bob.me, role: "admin" });
    await until(mayWrite);
  });

  test("waits in slow mode after each message", async () => {
    const told = [];
    [ann, bob].forEach(({ speaking }) =>
      speaking.on("change", () => told.push(speaking.state.slowModeMs)),
    );
    ann.lookAt(groupId);
    told.length = 0;
    await rule({ slowModeMs: HOUR });
    await until(() => bob.conversations.get(groupId).group.rules.slowModeMs === HOUR);
    assert.deepEqual(told, [HOUR]); // bob; ann need not wait
    assert.equal(bob.speaking.state.waitMs, 0);
    await say(bob, groupId, "one");
    await until(() => bob.speaking.state.waitMs > HOUR - 5_000);
    await say(ann, groupId, "two");
    assert.equal(bob.speaking.state.may, true);
  });
});
