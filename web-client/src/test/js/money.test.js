import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checked, problemOfTopup } from "../../main/resources/web/js/model/packet-draft.js";
import { fenOf, money, signed, yuanOf } from "../../main/resources/web/js/text/money.js";

describe("an amount in yuan", () => {
  const table = {
    12.34: 1234,
    0.01: 1,
    0: 0,
    0.1: 10,
    "5.": 500,
    200: 20_000,
    " ¥8.88 ": 888,
    "１２．５": 1250,
    "6。6": 660,
    "007": 700,
    999999999.99: 99_999_999_999,
  };
  for (const [text, fen] of Object.entries(table)) {
    test(`is read from “${text}”`, () => assert.equal(fenOf(text), fen));
  }

  for (const text of [
    "",
    " ",
    "-1",
    "+1",
    "1.234",
    "1,50",
    "1e3",
    "0x10",
    ".5",
    "1 2",
    "ten",
    "∞",
  ]) {
    test(`is not “${text}”`, () => assert.equal(fenOf(text), null));
  }

  test("is what it was after being written and read, for every number of fen", () => {
    for (let fen = 0; fen <= 100_000; fen++) {
      assert.equal(fenOf(yuanOf(fen).replaceAll(",", "")), fen);
    }
    assert.equal(fenOf("0.29"), 29); // 0.29 * 100 is 28.999999999999996
  });

  test("is written with its signs", () => {
    assert.equal(yuanOf(5), "0.05");
    assert.equal(yuanOf(123_456_789), "1,234,567.89");
    assert.equal(money(100_000), "¥1,000.00");
    assert.equal(money(-5), "−¥0.05");
    assert.equal(signed(1200), "+12.00");
    assert.equal(signed(-350), "−3.50");
    assert.equal(signed(0), "0.00");
  });
});

describe("a red packet that is being filled in", () => {
  const EMPTY = { kind: "lucky", amount: "", count: "", greeting: "", recipientId: "" };
  const draft = (fields, balanceFen = 10_000_000) => checked({ ...EMPTY, ...fields }, balanceFen);

  test("is what the server takes once all is right", () => {
    assert.deepEqual(draft({ amount: "8.88", count: "3", greeting: " 恭喜发财 " }).request, {
      ...{ kind: "lucky", totalFen: 888, count: 3, greeting: "恭喜发财" },
    });
    assert.deepEqual(draft({ kind: "identical", amount: "1.10", count: "3" }).request, {
      ...{ kind: "identical", totalFen: 330, count: 3 },
    });
    assert.deepEqual(
      draft({ kind: "exclusive", amount: "5", count: "7", recipientId: "42" }).request,
      { kind: "exclusive", totalFen: 500, count: 1, recipientId: "42" },
    );
  });

  test("is not wrong while something is still empty", () => {
    for (const fields of [
      {},
      { amount: "1" },
      { count: "1" },
      { kind: "exclusive", amount: "1" },
    ]) {
      const { problems, missing, request } = draft(fields);
      assert.deepEqual(Object.values(problems).filter(Boolean), []);
      assert.equal(missing, true);
      assert.equal(request, null);
    }
  });

  const bounds = [
    ["an amount that is none", { amount: "x", count: "1" }, "amount"],
    ["no money", { amount: "0.00", count: "1" }, "amount"],
    ["less than a fen for each", { amount: "0.02", count: "3" }, "amount"],
    ["a fen for each", { amount: "0.03", count: "3" }, null],
    ["¥200 for each on average", { amount: "400", count: "2" }, null],
    ["a fen more", { amount: "400.01", count: "2" }, "amount"],
    ["more than there ever may be, without a count", { amount: "100000.01" }, "amount"],
    ["¥200 each", { kind: "identical", amount: "200", count: "2" }, null],
    ["¥200.01 each", { kind: "identical", amount: "200.01", count: "2" }, "amount"],
    ["¥200.01 for one", { kind: "exclusive", amount: "200.01", recipientId: "1" }, "amount"],
    ["nobody", { amount: "1", count: "0" }, "count"],
    ["500", { amount: "5", count: "500" }, null],
    ["501", { amount: "5.01", count: "501" }, "count"],
    ["a half one", { amount: "5", count: "1.5" }, "count"],
    ["64 characters", { amount: "1", count: "1", greeting: "🧧".repeat(64) }, null],
    ["65 characters", { amount: "1", count: "1", greeting: "🧧".repeat(65) }, "greeting"],
  ];
  for (const [what, fields, wrong] of bounds) {
    test(`${wrong ? "may not have" : "may have"} ${what}`, () => {
      const { problems, request } = draft(fields);
      const told = Object.keys(problems).filter((name) => problems[name]);
      assert.deepEqual(told, wrong ? [wrong] : []);
      assert.equal(request === null, wrong !== null);
    });
  }

  test("says what the wallet lacks", () => {
    assert.equal(draft({ amount: "5", count: "1" }, 500).shortFen, 0);
    const { shortFen, request } = draft({ amount: "5", count: "1" }, 499);
    assert.equal(shortFen, 1);
    assert.equal(request, null);
  });

  test("may be sent while the balance is not known: the server knows", () => {
    const { shortFen, request } = checked({ ...EMPTY, amount: "5", count: "1" }, undefined);
    assert.equal(shortFen, 0);
    assert.notEqual(request, null);
  });
});

test("a top-up has its bounds", () => {
  assert.equal(problemOfTopup("0.01"), undefined);
  assert.equal(problemOfTopup("1000000"), undefined);
  for (const text of ["", "0", "1000000.01", "x"]) {
    assert.ok(problemOfTopup(text), text);
  }
});
