import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { Emitter } from "../../main/resources/web/js/emitter.js";
import { People } from "../../main/resources/web/js/model/people.js";
import { settle } from "./fakes.js";

describe("the pictures of people", () => {
  let asked;
  let people;
  let changes;
  let picture;

  const tick = async (ms) => {
    mock.timers.tick(ms);
    await settle(3);
  };

  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
    asked = [];
    picture = "/first";
    const request = async (op, { userIds }) => {
      asked.push(...userIds);
      return { users: [{ userId: "1", username: "ann", nickname: "Ann", avatarUrl: picture }] };
    };
    people = new People(Object.assign(new Emitter(), { request }));
    changes = 0;
    people.on("change", () => changes++);
  });

  afterEach(() => mock.timers.reset());

  test("are asked for where somebody is known as a member only, and once", async () => {
    people.add([{ userId: "1", nickname: "Ann", role: "member" }]);
    people.get("1");
    people.get("1");
    await tick(100);
    people.get("1");
    await tick(100);
    assert.deepEqual(asked, ["1"]);
    assert.equal(people.get("1").avatarUrl, "/first");
    people.add([{ userId: "1", nickname: "Ann", role: "member" }]);
    assert.equal(people.get("1").avatarUrl, "/first");
    assert.equal(changes, 2);
  });

  test("are looked after again as long as somebody sees them", async () => {
    people.get("1");
    await tick(100);
    picture = "/second";
    await tick(600_001);
    assert.equal(people.get("1").avatarUrl, "/first");
    await tick(100);
    assert.equal(people.get("1").avatarUrl, "/second");
    assert.equal(changes, 2);
  });

  test("are asked for again where they are not to be had any more, now and then", async () => {
    people.get("1");
    await tick(100);
    people.renew("1");
    await tick(50_000);
    assert.deepEqual(asked, ["1"]);
    await tick(20_000);
    people.renew("1");
    await tick(100);
    assert.deepEqual(asked, ["1", "1"]);
  });
});
