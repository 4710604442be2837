/** Groups, logs and read marks of the fake server: plain data, so that it can be kept in a file. */

const COUNTING = new Set(["text", "image", "audio", "video", "file", "redpacket"]);

export class Refused extends Error {
  constructor(code, more = {}) {
    super(code);
    this.error = { code, message: code, ...more };
  }
}

export class World {
  data = { nextId: 912121168775892992n.toString(), users: {}, groups: {}, codes: {}, keys: {} };

  newId() {
    const id = this.data.nextId;
    this.data.nextId = (BigInt(id) + 4097n).toString();
    return id;
  }

  /** Where a picture of somebody, or of a group, is to be had. */
  avatarUrl(mediaId) {
    return `/fake/store/${mediaId}`;
  }

  user(userId) {
    const { username, nickname, avatarMediaId } = this.data.users[userId] ?? {};
    const avatarUrl = avatarMediaId && this.avatarUrl(avatarMediaId);
    return username && { userId, username, nickname, avatarUrl };
  }

  group(groupId, member) {
    const group = this.data.groups[groupId];
    if (!group) {
      throw new Refused("not_found");
    }
    if (member && !group.members[member]) {
      throw new Refused("not_a_member");
    }
    return group;
  }

  createGroup(userId, { clientGroupId, name }) {
    const key = `${userId}/${clientGroupId}`;
    if (this.data.keys[key]) {
      return this.group(this.data.keys[key]);
    }
    if (!name?.trim() || [...name].length > 64) {
      throw new Refused("invalid_argument", { field: "name" });
    }
    const groupId = this.newId();
    const group = {
      groupId,
      name,
      ownerId: userId,
      createdAt: Date.now(),
      log: [],
      members: {},
      state: {},
    };
    this.data.groups[groupId] = group;
    this.data.keys[key] = groupId;
    group.members[userId] = { role: "owner", joinSeq: 1, joinedAt: Date.now() };
    this.system(group, userId, "group_created");
    return group;
  }

  /** Refuses who may not manage the group. */
  managed(groupId, userId) {
    const group = this.group(groupId, userId);
    if (group.members[userId].role === "member") {
      throw new Refused("forbidden");
    }
    return group;
  }

  /** Why somebody may not write now, as the error that says so; null where they may. */
  silence(group, userId) {
    const { role, mutedUntilAt = 0 } = group.members[userId];
    if (role !== "owner" && mutedUntilAt > Date.now()) {
      return new Refused("muted", {
        untilAt: mutedUntilAt,
        retryAfterMs: mutedUntilAt - Date.now(),
      });
    }
    return role === "member" && group.rules?.postPolicy === "admins" ? new Refused("muted") : null;
  }

  join(group, userId, actorId) {
    if (group.members[userId]) {
      return false;
    }
    group.members[userId] = { role: "member", joinSeq: group.log.length + 1, joinedAt: Date.now() };
    this.system(group, actorId, "members_joined", { targetIds: [userId] });
    return true;
  }

  system(group, actorId, kind, more = {}) {
    return this.append(group, actorId, { type: "system", content: { kind, actorId, ...more } });
  }

  append(group, senderId, entry) {
    const message = {
      messageId: this.newId(),
      groupId: group.groupId,
      seq: group.log.length + 1,
      senderId,
      sentAt: Date.now(),
      ...entry,
    };
    group.log.push(message);
    this.onAppend(group, message);
    return message;
  }

  onAppend() {}

  readSeq(group, userId) {
    const own = group.log.findLast(
      ({ senderId, type }) => senderId === userId && COUNTING.has(type),
    );
    return Math.max(group.state[userId]?.readSeq ?? 0, own?.seq ?? 0);
  }

  unreadOf(group, userId) {
    const floor = Math.max(this.readSeq(group, userId), group.members[userId]?.joinSeq ?? 0);
    return group.log.filter(
      ({ seq, type, recalledAt }) => seq > floor && COUNTING.has(type) && !recalledAt,
    );
  }

  groupOnWire(group) {
    const { groupId, name, ownerId, createdAt, log, members, announcement = "" } = group;
    const { avatarMediaId } = group;
    const memberCount = Object.keys(members).length;
    const rules = {
      joinPolicy: "invite_only",
      invitePolicy: "everyone",
      postPolicy: "everyone",
      historyPolicy: "all",
    };
    return {
      groupId,
      name,
      ownerId,
      memberCount,
      maxMembers: 500,
      announcement,
      avatarUrl: avatarMediaId && this.avatarUrl(avatarMediaId),
      rules: { ...rules, ...group.rules },
      lastSeq: log.length,
      createdAt,
    };
  }

  conversation(group, userId) {
    const unread = this.unreadOf(group, userId);
    const last = group.log.findLast(({ type }) => COUNTING.has(type));
    const recall = group.log.find(
      ({ type, content }) => type === "recall" && content.seq === last?.seq,
    );
    return {
      group: this.groupOnWire(group),
      role: group.members[userId].role,
      lastSeq: group.log.length,
      readSeq: this.readSeq(group, userId),
      unread: Math.min(100, unread.length),
      unreadText: unread.length > 99 ? "99+" : unread.length ? String(unread.length) : "",
      mentioned: unread.some(({ mentions }) =>
        mentions?.some((id) => id === userId || id === "all"),
      ),
      pinned: group.state[userId]?.pinned ?? false,
      doNotDisturb: group.state[userId]?.doNotDisturb ?? false,
      lastMessage: recall ?? last,
    };
  }

  conversations(userId) {
    return Object.values(this.data.groups)
      .filter(({ members }) => members[userId])
      .sort((a, b) => b.log.at(-1).sentAt - a.log.at(-1).sentAt)
      .map((group) => this.conversation(group, userId))
      .sort((a, b) => Number(b.pinned) - Number(a.pinned));
  }
}
