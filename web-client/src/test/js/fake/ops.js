import { ADMIN_OPS } from "./admin-ops.js";
import { ENTRY_OPS, shownTo } from "./entry-ops.js";
import { FACE_OPS } from "./face-ops.js";
import { Refused } from "./groups.js";
import { filled, MEDIA_OPS } from "./media-ops.js";
import { PACKET_OPS } from "./packet-ops.js";

/** The operations of the fake server: `(server, session, data) => reply data`. Throws Refused. */
export const OPS = {
  ...ADMIN_OPS,
  ...ENTRY_OPS,
  ...FACE_OPS,
  ...MEDIA_OPS,
  ...PACKET_OPS,

  "session.ping": () => ({ serverAt: Date.now() }),
  "session.refresh": () => ({ expiresAt: Date.now() + 7 * 86_400_000 }),

  "user.get": ({ world }, _, { userIds }) => ({
    users: userIds.map((id) => world.user(id)).filter(Boolean),
  }),

  "user.find": ({ world }, _, { username }) => {
    const userId = Object.keys(world.data.users).find(
      (id) => world.data.users[id].username === username,
    );
    if (!userId) {
      throw new Refused("not_found");
    }
    return { user: world.user(userId) };
  },

  "user.update": ({ world }, { userId }, { nickname, avatarMediaId }) => {
    const user = world.data.users[userId];
    user.nickname = nickname ?? user.nickname;
    user.avatarMediaId = avatarMediaId ?? user.avatarMediaId;
    return { user: world.user(userId) };
  },

  "group.create": (server, { userId }, data) => {
    const group = server.world.createGroup(userId, data);
    server.conversationChanged(group, [userId]);
    return { group: server.world.groupOnWire(group) };
  },

  "group.get": ({ world }, { userId }, { groupId, inviteCode }) => ({
    group: world.groupOnWire(
      inviteCode ? world.group(world.data.codes[inviteCode]) : world.group(groupId, userId),
    ),
  }),

  "group.members": ({ world }, { userId }, { groupId, cursor, limit = 50 }) => {
    const all = Object.entries(world.group(groupId, userId).members);
    const from = Number(cursor ?? 0);
    const members = all.slice(from, from + limit).map(([id, { role, joinedAt, mutedUntilAt }]) => ({
      userId: id,
      nickname: world.user(id).nickname,
      role,
      joinedAt,
      mutedUntilAt,
    }));
    return { members, nextCursor: from + limit < all.length ? String(from + limit) : undefined };
  },

  "group.invite": (server, { userId }, { groupId, userIds }) => {
    const group = server.world.group(groupId, userId);
    const joinedIds = userIds.filter(
      (id) => server.world.user(id) && server.world.join(group, id, userId),
    );
    if (joinedIds.length === 0) {
      throw new Refused("already_member");
    }
    server.conversationChanged(group, joinedIds);
    return { joinedIds, pendingIds: [] };
  },

  "group.invite_code": ({ world }, { userId }, { groupId, revoke }) => {
    const group = world.group(groupId, userId);
    if (group.members[userId].role === "member") {
      throw new Refused("forbidden");
    }
    if (!group.code || revoke) {
      group.code = `c${world.newId().slice(-8)}`;
      world.data.codes[group.code] = groupId;
    }
    return { code: group.code, expiresAt: Date.now() + 7 * 86_400_000 };
  },

  "group.join": (server, { userId }, { inviteCode, message }) => {
    const groupId = server.world.data.codes[inviteCode];
    if (!groupId) {
      throw new Refused("not_found");
    }
    const group = server.world.group(groupId);
    if (group.rules?.joinPolicy === "approval" && !group.members[userId]) {
      server.asked(group, userId, message);
      return { status: "pending", group: server.world.groupOnWire(group) };
    }
    if (server.world.join(group, userId, userId)) {
      server.conversationChanged(group, [userId]);
    }
    return { status: "joined", group: server.world.groupOnWire(group) };
  },

  "group.leave": (server, { userId }, { groupId }) => {
    const group = server.world.group(groupId, userId);
    if (group.ownerId === userId) {
      throw new Refused("owner_must_transfer");
    }
    delete group.members[userId];
    server.world.system(group, userId, "member_left");
    server.toUsers([userId], "conversation", { groupId, removed: true });
    return {};
  },

  "message.send": (
    server,
    { userId },
    { groupId, clientMessageId, type, content, replyToSeq, mentions },
  ) => {
    const { world } = server;
    const group = world.group(groupId, userId);
    const first = group.log.find(
      (m) => m.clientMessageId === clientMessageId && m.senderId === userId,
    );
    if (first) {
      return { messageId: first.messageId, seq: first.seq, sentAt: first.sentAt, duplicate: true };
    }
    const silence = world.silence(group, userId);
    if (silence) {
      throw silence;
    }
    const length = [...(content?.text ?? "")].length;
    if (type === "text" && (length < 1 || length > 5000)) {
      throw new Refused("invalid_argument", { field: "content.text" });
    }
    const { messageId, seq, sentAt } = world.append(group, userId, {
      type,
      content: type === "text" ? content : filled(server, userId, type, content),
      clientMessageId,
      replyToSeq,
      mentions,
    });
    return { messageId, seq, sentAt };
  },

  "message.history": ({ world }, { userId }, { groupId, afterSeq, beforeSeq, limit = 50 }) => {
    const { log } = world.group(groupId, userId);
    const end = afterSeq !== undefined ? afterSeq + limit : (beforeSeq ?? log.length + 1) - 1;
    const start = afterSeq !== undefined ? afterSeq : Math.max(0, end - limit);
    const page = log.slice(start, Math.max(start, end));
    return { messages: page.map((entry) => shownTo(userId, entry)), lastSeq: log.length };
  },

  "message.recall": ({ world }, { userId }, { groupId, seq }) => {
    const group = world.group(groupId, userId);
    const entry = group.log[seq - 1];
    if (entry.senderId !== userId && group.members[userId].role === "member") {
      throw new Refused("forbidden");
    }
    const before = group.log.find(({ type, content }) => type === "recall" && content.seq === seq);
    if (before) {
      return { seq: before.seq };
    }
    group.log
      .filter(({ type, content }) => type === "edit" && content.seq === seq)
      .forEach((edit) => delete edit.content.text);
    Object.assign(entry, { content: {}, recalledAt: Date.now() });
    return { seq: world.append(group, userId, { type: "recall", content: { seq } }).seq };
  },

  "message.read": (server, session, { groupId, seq }) => {
    const { world } = server;
    const group = world.group(groupId, session.userId);
    const state = (group.state[session.userId] ??= {});
    state.readSeq = Math.max(state.readSeq ?? 0, Math.min(seq, group.log.length));
    const reply = {
      readSeq: world.readSeq(group, session.userId),
      unread: Math.min(100, world.unreadOf(group, session.userId).length),
    };
    server.toUsers([session.userId], "read", { groupId, ...reply }, session);
    return reply;
  },

  "message.readers": ({ world }, { userId }, { groupId, seq, read }) => {
    const group = world.group(groupId, userId);
    const others = Object.keys(group.members).filter((id) => id !== group.log[seq - 1].senderId);
    const [readers, rest] = [[], []];
    others.forEach((id) => (world.readSeq(group, id) >= seq ? readers : rest).push(id));
    return { readCount: readers.length, unreadCount: rest.length, userIds: read ? readers : rest };
  },

  "message.search": ({ world }, { userId }, { groupId, query, cursor, limit = 50 }) => {
    const found = world
      .group(groupId, userId)
      .log.filter(({ content }) => content.text?.toLowerCase().includes(query.toLowerCase()))
      .reverse();
    const from = Number(cursor ?? 0);
    const nextCursor = from + limit < found.length ? String(from + limit) : undefined;
    return { messages: found.slice(from, from + limit), nextCursor };
  },

  typing: (server, session, { groupId }) => {
    const group = server.world.group(groupId, session.userId);
    const others = Object.keys(group.members).filter((id) => id !== session.userId);
    server.toUsers(others, "typing", { groupId, userId: session.userId });
    return {};
  },

  "conversation.list": ({ world }, { userId }) => {
    const conversations = world.conversations(userId);
    return {
      conversations,
      totalUnread: conversations.reduce((sum, { unread }) => sum + unread, 0),
    };
  },

  "conversation.update": (server, { userId }, { groupId, pinned, doNotDisturb }) => {
    const group = server.world.group(groupId, userId);
    const state = (group.state[userId] ??= {});
    Object.assign(state, JSON.parse(JSON.stringify({ pinned, doNotDisturb })));
    server.conversationChanged(group, [userId]);
    return { conversation: server.world.conversation(group, userId) };
  },
};
