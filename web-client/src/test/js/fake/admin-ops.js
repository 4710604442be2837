import { Refused } from "./groups.js";

/** What owner and admins do, as far as the page's modules need it to be tried out. */
export const ADMIN_OPS = {
  "group.update": (
    { world },
    { userId },
    { groupId, name, announcement, avatarMediaId, rules },
  ) => {
    const group = world.managed(groupId, userId);
    const changes = JSON.parse(JSON.stringify({ name, announcement, avatarMediaId }));
    Object.assign(group, changes, { rules: { ...group.rules, ...rules } });
    world.system(group, userId, "group_updated", { ...changes, rules });
    return { group: world.groupOnWire(group) };
  },

  "group.set_role": ({ world }, actor, { groupId, userId, role }) => {
    const group = world.managed(groupId, actor.userId);
    group.members[userId].role = role;
    world.system(group, actor.userId, "role_changed", { targetIds: [userId], role });
    return {};
  },

  "group.transfer": ({ world }, actor, { groupId, userId }) => {
    const group = world.managed(groupId, actor.userId);
    group.members[actor.userId].role = "admin";
    group.members[userId].role = "owner";
    group.ownerId = userId;
    world.system(group, actor.userId, "owner_changed", { targetIds: [userId] });
    return { group: world.groupOnWire(group) };
  },

  "group.mute": ({ world }, actor, { groupId, userId, untilAt }) => {
    const group = world.managed(groupId, actor.userId);
    group.members[userId].mutedUntilAt = untilAt || undefined;
    world.system(group, actor.userId, "member_muted", { targetIds: [userId], untilAt });
    return {};
  },

  "group.remove": (server, { userId }, { groupId, userIds, ban }) => {
    const group = server.world.managed(groupId, userId);
    group.bans = [...(group.bans ?? []), ...(ban ? userIds : [])];
    userIds.forEach((id) => delete group.members[id]);
    server.toUsers(userIds, "conversation", { groupId, removed: true });
    server.world.system(group, userId, "members_removed", { targetIds: userIds });
    return { removedIds: userIds };
  },

  "group.dissolve": (server, { userId }, { groupId }) => {
    const group = server.world.managed(groupId, userId);
    server.world.system(group, userId, "group_dissolved");
    server.toUsers(Object.keys(group.members), "conversation", { groupId, removed: true });
    delete server.world.data.groups[groupId];
    return {};
  },

  "group.requests": ({ world }, { userId }, { groupId, cursor = "0", limit = 50 }) => {
    const all = Object.values(world.managed(groupId, userId).requests ?? {});
    const from = Number(cursor);
    const nextCursor = from + limit < all.length ? String(from + limit) : undefined;
    return { requests: all.slice(from, from + limit), nextCursor };
  },

  "group.decide": (server, { userId }, { requestId, accept }) => {
    const group = Object.values(server.world.data.groups).find(
      (each) => each.requests?.[requestId],
    );
    if (!group) {
      throw new Refused("not_found");
    }
    const { user } = group.requests[requestId];
    delete group.requests[requestId];
    if (accept) {
      server.world.join(group, user.userId, userId);
      server.conversationChanged(group, [user.userId]);
    }
    return {};
  },

  "group.bans": ({ world }, { userId }, { groupId }) => ({
    users: (world.managed(groupId, userId).bans ?? []).map((id) => world.user(id)),
  }),

  "group.unban": ({ world }, actor, { groupId, userId }) => {
    const group = world.managed(groupId, actor.userId);
    group.bans = group.bans.filter((id) => id !== userId);
    return {};
  },

  "group.audit": () => ({ records: [] }),
};
