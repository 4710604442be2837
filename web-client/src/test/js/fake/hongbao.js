import { Refused, World } from "./groups.js";
import { OPS } from "./ops.js";

/**
 * A fake Hongbao server without a network: enough of the protocol to try the page and its modules
 * against, and faults on demand.
 */
export class FakeHongbao {
  world = new World();
  sessions = new Set();
  heartbeatMs = 30_000;
  storeUrl = "http://store";
  bytesMax = 200 << 20;

  /** What a browser makes of a video. */
  coverOf = () => null;

  /**
   * Faults: `event(name, data, session)` false loses an event; `reply(op)` false loses a reply;
   * `put(url)` false loses what is brought to the media store; `away(op)` true answers `unavailable`.
   */
  faults = { event: () => true, reply: () => true, put: () => true, away: () => false };

  constructor() {
    this.world.onAppend = (group, message) =>
      this.toUsers(Object.keys(group.members), "message", message);
  }

  createAccount({ username, password, nickname }) {
    if (Object.values(this.world.data.users).some((user) => user.username === username)) {
      throw new Refused("username_taken");
    }
    const userId = this.world.newId();
    this.world.data.users[userId] = { username, password, nickname };
    return this.tokenOf(userId);
  }

  createToken({ username, password }) {
    const users = Object.entries(this.world.data.users);
    const found = users.find(
      ([, user]) => user.username === username && user.password === password,
    );
    if (!found) {
      throw new Refused("bad_credentials");
    }
    return this.tokenOf(found[0]);
  }

  tokenOf(userId) {
    return { userId, token: `token-${userId}`, expiresAt: Date.now() + 7 * 86_400_000 };
  }

  /** @param socket `send(text)` and `close(code, reason)` of the server's end */
  connect(socket) {
    return { socket, userId: null };
  }

  receive(session, text) {
    const { id, op, data = {} } = JSON.parse(text);
    const reply = (body) =>
      this.faults.reply(op) && session.socket.send(JSON.stringify({ id, ...body }));
    try {
      if (session.userId === null) {
        reply({ data: this.#open(session, op, data) });
      } else if (this.faults.away(op)) {
        throw new Refused("unavailable", { retryAfterMs: 5 });
      } else if (OPS[op]) {
        reply({ data: structuredClone(OPS[op](this, session, data)) });
      } else {
        throw new Refused("unknown_op");
      }
    } catch (error) {
      if (!(error instanceof Refused)) {
        throw error;
      }
      reply({ error: error.error });
      if (session.userId === null) {
        session.socket.close(4501, "token invalid");
      }
    }
  }

  closed(session) {
    this.sessions.delete(session);
  }

  /** Cuts every connection, as a killed server does. */
  cut(code = 1006) {
    for (const session of [...this.sessions]) {
      this.closed(session);
      session.socket.close(code, "cut");
    }
  }

  toUsers(userIds, event, data, except) {
    const text = JSON.stringify({ event, data });
    for (const session of this.sessions) {
      if (
        session !== except &&
        userIds.includes(session.userId) &&
        this.faults.event(event, data, session)
      ) {
        session.socket.send(text);
      }
    }
  }

  /** Somebody asks to join. */
  asked(group, userId, message) {
    group.requests ??= {};
    const known = Object.values(group.requests).some(({ user }) => user.userId === userId);
    if (!known) {
      const requestId = this.world.newId();
      const user = this.world.user(userId);
      group.requests[requestId] = { requestId, user, message, createdAt: Date.now() };
      const deciding = Object.keys(group.members).filter(
        (id) => group.members[id].role !== "member",
      );
      this.toUsers(deciding, "join_request", { groupId: group.groupId, requestId });
    }
  }

  conversationChanged(group, userIds) {
    userIds.forEach((userId) =>
      this.toUsers([userId], "conversation", {
        conversation: this.world.conversation(group, userId),
      }),
    );
  }

  #open(session, op, { token, deviceId }) {
    const userId = token?.replace("token-", "");
    const user = op === "session.open" && this.world.user(userId);
    if (!user) {
      throw new Refused("unauthenticated");
    }
    for (const other of [...this.sessions]) {
      if (other.userId === userId && other.deviceId === deviceId) {
        this.closed(other);
        other.socket.close(4504, "replaced by a newer session of this device");
      }
    }
    Object.assign(session, { userId, deviceId });
    this.sessions.add(session);
    return {
      sessionId: this.world.newId(),
      node: "fake",
      user,
      serverAt: Date.now(),
      expiresAt: Date.now() + 7 * 86_400_000,
      heartbeatMs: this.heartbeatMs,
      features: ["media", "avatars"],
      limits: {
        frameBytes: 65536,
        textCharacters: 5000,
        groupMembers: 500,
        historyPage: 200,
        requestsPerSecond: 100,
      },
    };
  }
}
