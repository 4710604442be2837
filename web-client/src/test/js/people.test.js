import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { Emitter } from "../../main/resources/web/js/emitter.js";
import { People } from "../../main/resources/web/js/model/people.js";
import { settle } from "./fakes.js";

describe("the pictures of people", () => {
  let asked;
  let people;
  let changes;

  const ann = (avatarUrl) => ({ userId: "1", username: "ann", nickname: "Ann", avatarUrl });

  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
    asked = [];
    const request = async (op, { userIds }) => {
      asked.push(...userIds);
      return { users: [ann("/second")] };
    };
    people = new People(Object.assign(new Emitter(), { request }));
    changes = 0;
    people.on("change", () => changes++);
    people.add([ann("/first")]);
  });

  afterEach(() => mock.timers.reset());

  test("stay where a member's line tells nothing of them", () => {
    people.add([{ userId: "1", nickname: "Ann", role: "member" }]);
    assert.equal(people.get("1").avatarUrl, "/first");
    assert.equal(changes, 1);
  });

  test("are news when they change", () => {
    people.add([ann("/other")]);
    assert.equal(people.get("1").avatarUrl, "/other");
    assert.equal(changes, 2);
  });

  test("are asked for again where they are not to be had any more, now and then", async () => {
    people.renew("1");
    people.renew("1");
    mock.timers.tick(100);
    await settle(3);
    assert.deepEqual(asked, ["1"]);
    assert.equal(people.get("1").avatarUrl, "/second");
    people.renew("1"); // it is still not to be had
    mock.timers.tick(50_000);
    await settle(3);
    assert.deepEqual(asked, ["1"]);
    mock.timers.tick(20_000);
    people.renew("1");
    mock.timers.tick(100);
    await settle(3);
    assert.deepEqual(asked, ["1", "1"]);
  });
});
