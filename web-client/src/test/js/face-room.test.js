import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { Emitter } from "../../main/resources/web/js/emitter.js";
import { FaceRoom } from "../../main/resources/web/js/model/face-room.js";
import { RequestError } from "../../main/resources/web/js/net/request-error.js";
import { Clients } from "./fake/clients.js";
import { settle, until } from "./fakes.js";

const CODE = "0471";

describe("people with the same four digits", () => {
  let clients;
  let people;

  beforeEach(async () => {
    clients = new Clients();
    people = [];
    for (const name of ["ann", "bob", "cid"]) {
      people.push(await clients.client(name));
    }
  });

  afterEach(() => clients.stop());

  const names = ({ faceRoom }) => faceRoom.waiting.map(({ nickname }) => nickname).join(" ");
  const enterAll = () => Promise.all(people.map(({ faceRoom }) => faceRoom.enter(CODE)));

  test("see each other come and go", async () => {
    const [ann, bob, cid] = people;
    await ann.faceRoom.enter(CODE);
    assert.equal(names(ann), "ann");
    assert.ok(ann.faceRoom.leftMs > 170_000);
    await bob.faceRoom.enter(CODE);
    await cid.faceRoom.enter(CODE);
    await until(() => people.every((each) => names(each) === "ann bob cid"));
    bob.faceRoom.leave();
    assert.equal(bob.faceRoom.state, "out");
    await until(() => names(ann) === "ann cid" && names(cid) === "ann cid");
  });

  test("end in one group", async () => {
    await enterAll();
    const first = await people[0].faceRoom.confirm();
    await until(() => people[1].faceRoom.groupId === first.groupId);
    const others = await Promise.all(people.slice(1).map(({ faceRoom }) => faceRoom.confirm()));
    assert.deepEqual(
      others.map(({ groupId }) => groupId),
      [first.groupId, first.groupId],
    );
    await until(() => people.every((each) => each.conversations.get(first.groupId)));
    assert.equal(Object.keys(clients.server.world.data.groups).length, 1);
    assert.deepEqual(
      people.map(({ faceRoom }) => faceRoom.state),
      ["out", "out", "out"],
    );
  });

  test("see who came while a connection was lost", async () => {
    const [ann, bob] = people;
    await ann.faceRoom.enter(CODE);
    clients.server.faults.event = () => false;
    await bob.faceRoom.enter(CODE);
    clients.server.faults.event = () => true;
    assert.equal(names(ann), "ann");
    await clients.reconnect();
    await until(() => names(ann) === "ann bob");
  });
});

describe("a face-to-face room", () => {
  let connection;
  let asked;
  let room;
  let problems;

  beforeEach(() => {
    asked = [];
    problems = [];
    const request = (op, data) =>
      new Promise((resolve, reject) => asked.push({ op, data, resolve, reject }));
    connection = Object.assign(new Emitter(), { request });
    const people = { add: () => {} };
    room = new FaceRoom(connection, people, { request, now: () => Date.now() });
    room.on("problem", ({ code }) => problems.push(code));
  });

  afterEach(() => room.leave());

  const user = (userId) => ({ userId, nickname: userId });
  const reply = (waiting, leftMs = 60_000) => ({
    code: CODE,
    waiting: waiting.map(user),
    expiresAt: Date.now() + leftMs,
  });
  const left = () => asked.filter(({ op }) => op === "face.leave").map(({ data }) => data.code);
  const here = () => room.waiting.map(({ userId }) => userId).join("");
  const enter = async (waiting, leftMs) => {
    room.enter(CODE);
    await settle(3);
    asked.at(-1).resolve(reply(waiting, leftMs));
    await settle(3);
  };

  test("is entered with a position, or without", async () => {
    const place = { latitude: 1.5, longitude: 2.5 };
    room.enter(CODE, Promise.resolve(place));
    await settle(3);
    assert.deepEqual(asked[0].data, { code: CODE, ...place });
    room.enter("1234");
    await settle(3);
    assert.deepEqual(asked[1].data, { code: "1234" });
  });

  test("is not entered before the position is found", async () => {
    let found;
    room.enter(CODE, new Promise((resolve) => (found = resolve)));
    await settle(3);
    assert.equal(room.state, "entering");
    assert.equal(asked.length, 0);
    found({ latitude: 1.5, longitude: 2.5 });
    await settle(3);
    assert.equal(asked[0].data.latitude, 1.5);
  });

  test("is not entered where the position is not found", async () => {
    room.enter(CODE, Promise.reject(new Error("nowhere")));
    await settle(3);
    assert.equal(room.state, "out");
    assert.equal(problems.length, 1);
    assert.equal(asked.length, 0);
  });

  test("is not entered with a position that was found too late", async () => {
    let found;
    room.enter(CODE, new Promise((resolve) => (found = resolve)));
    room.leave();
    room.enter(CODE);
    await settle(3);
    found({ latitude: 1.5, longitude: 2.5 });
    await settle(3);
    assert.deepEqual(
      asked.map(({ op, data }) => [op, data]),
      [
        ["face.leave", { code: CODE }],
        ["face.enter", { code: CODE }],
      ],
    );
  });

  test("does not go back to a reply that is older than an event", async () => {
    room.enter(CODE);
    await settle(3);
    connection.emit("event:face", { code: CODE, waiting: ["a", "b"].map(user) });
    asked[0].resolve(reply(["a"]));
    await settle(3);
    assert.equal(here(), "ab");
    assert.equal(room.state, "waiting");
  });

  test("does not hear of another code's", async () => {
    await enter(["a"]);
    connection.emit("event:face", { code: "9999", waiting: ["x"].map(user) });
    assert.equal(here(), "a");
  });

  test("is over when its time is", async () => {
    await enter(["a"], 30);
    await until(() => room.state === "over");
    connection.emit("event:face", { code: CODE, waiting: ["a", "b"].map(user) });
    assert.equal(here(), "a");
  });

  test("says what kept somebody out", async () => {
    room.enter(CODE);
    await settle(3);
    asked[0].reject(new RequestError("rate_limited", { retryAfterMs: 5_000 }));
    await settle(3);
    assert.equal(room.state, "out");
    assert.deepEqual(problems, ["rate_limited"]);
  });

  test("is over where confirming comes too late", async () => {
    await enter(["a"]);
    const confirmed = room.confirm();
    assert.equal(room.state, "confirming");
    asked.at(-1).reject(new RequestError("code_expired"));
    assert.equal(await confirmed, null);
    assert.equal(room.state, "over");
  });

  test("can be confirmed again where it could not be just now", async () => {
    await enter(["a"]);
    const confirmed = room.confirm();
    asked.at(-1).reject(new RequestError("unavailable", { retryAfterMs: 1_000 }));
    assert.equal(await confirmed, null);
    assert.equal(room.state, "waiting");
    assert.deepEqual(problems, ["unavailable"]);
  });

  test("is left once more where it is entered only after leaving", async () => {
    room.enter(CODE);
    await settle(3);
    room.leave();
    assert.deepEqual(left(), [CODE]);
    asked[0].resolve(reply(["a"]));
    await settle(3);
    assert.equal(room.state, "out");
    assert.deepEqual(left(), [CODE, CODE]);
  });

  test("is left where another was entered meanwhile", async () => {
    room.enter(CODE);
    await settle(3);
    room.leave();
    room.enter("1234");
    await settle(3);
    asked[0].resolve(reply(["a"]));
    await settle(3);
    assert.equal(room.state, "entering");
    assert.deepEqual(left(), [CODE, CODE]);
  });

  test("is not left where it was entered again meanwhile", async () => {
    room.enter(CODE);
    await settle(3);
    room.leave();
    room.enter(CODE);
    await settle(3);
    asked[0].resolve(reply(["a"]));
    await settle(3);
    assert.deepEqual(left(), [CODE]);
  });

  test("stays as it is where one that was left is confirmed too late", async () => {
    await enter(["a"]);
    const confirmed = room.confirm();
    const confirming = asked.at(-1);
    room.leave();
    await enter(["a"]);
    confirming.resolve({ group: { groupId: "7" } });
    assert.equal((await confirmed).groupId, "7");
    assert.equal(room.state, "waiting");
  });
});
