import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { FRESH_MS, sourceOf } from "../../main/resources/web/js/view/source.js";
import { settle } from "./fakes.js";

/** As much of an audio element as matters. */
class FakePlayer extends EventTarget {
  currentTime = 0;
  paused = true;
  played = 0;
  #src = "";

  get src() {
    return this.#src;
  }

  set src(url) {
    this.#src = url;
    this.currentTime = 0;
    this.paused = true;
  }

  async play() {
    this.paused = false;
    this.played++;
  }
}

describe("the source of a player", () => {
  let player;
  let asked;
  let refusal;
  let problems;
  let source;

  beforeEach(() => {
    mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
    player = new FakePlayer();
    asked = [];
    refusal = null;
    problems = [];
    const url = async (mediaId, how) => {
      asked.push([mediaId, how?.fresh ?? false]);
      if (refusal) {
        throw refusal;
      }
      return `/store/${asked.length}`;
    };
    source = sourceOf({ url }, player, "7", ({ code }) => problems.push(code));
  });

  afterEach(() => mock.timers.reset());

  const fail = async () => {
    player.dispatchEvent(new Event("error"));
    await settle(3);
  };

  test("is asked for once, when it is needed", async () => {
    assert.equal(player.src, "");
    await source.ready();
    await source.ready();
    assert.equal(player.src, "/store/1");
    assert.deepEqual(asked, [["7", false]]);
  });

  test("is left as it is where it has one, until that is not to be had any more", async () => {
    player.src = "blob:recording";
    await source.ready();
    assert.equal(player.src, "blob:recording");
    assert.deepEqual(asked, []);
    await fail();
    assert.equal(player.src, "/store/1");
  });

  test("is asked for again where it has run out, and it plays on from where it was", async () => {
    await source.ready();
    await player.play();
    player.currentTime = 12;
    mock.timers.tick(FRESH_MS);
    await fail();
    assert.deepEqual(asked, [
      ["7", false],
      ["7", true],
    ]);
    assert.equal(player.src, "/store/2");
    assert.equal(player.currentTime, 12);
    assert.equal(player.played, 2);
    assert.deepEqual(problems, []);
  });

  test("that fails at once is not asked for again and again", async () => {
    await source.ready();
    await fail();
    assert.equal(asked.length, 1);
    assert.deepEqual(problems, ["store_away"]);
  });

  test("that is refused is told", async () => {
    refusal = { code: "forbidden" };
    await source.ready();
    assert.deepEqual(problems, ["forbidden"]);
  });
});
