import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { regrouped } from "../../main/resources/web/js/model/regroup.js";
import { Clients } from "./fake/clients.js";
import { stored } from "./fake/media-ops.js";
import { until } from "./fakes.js";

describe("a picture", () => {
  let clients;
  let ann;
  let bob;
  let groupId;

  beforeEach(async () => {
    clients = new Clients();
    ann = await clients.client("ann");
    bob = await clients.client("bob");
    groupId = await clients.together(ann, bob);
  });

  afterEach(() => clients.stop());

  const upload = () => ann.uploadAvatar(new File(["a face"], "me.png", { type: "image/png" }));

  test("of a person is brought to the store and shown to others", async () => {
    const avatarMediaId = await upload();
    assert.equal(stored(clients.server, avatarMediaId).kind, "avatar");
    await ann.request("user.update", { avatarMediaId });
    bob.people.get(ann.me);
    await until(() => bob.people.get(ann.me)?.avatarUrl?.endsWith(avatarMediaId));
  });

  test("of a group is known to all members once it is changed", async () => {
    const avatarMediaId = await upload();
    await ann.request("group.update", { groupId, name: "Green tea", avatarMediaId });
    await until(() => bob.conversations.get(groupId).group.avatarUrl?.endsWith(avatarMediaId));
  });

  test("of a group is where only the server can tell, whatever else was changed", () => {
    const content = { kind: "group_updated", name: "Green tea", avatarMediaId: "5" };
    assert.equal(regrouped({ group: {}, role: "member" }, { content }, "1"), null);
  });
});
