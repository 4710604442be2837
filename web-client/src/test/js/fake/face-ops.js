import { Refused } from "./groups.js";

const ROOM_MS = 180_000;

/** Rooms of four digits, all in one place. */
export const FACE_OPS = {
  "face.enter": (server, { userId }, { code }) => {
    const rooms = (server.rooms ??= new Map());
    const known = rooms.get(code);
    const room =
      known?.expiresAt > Date.now() ? known : { code, users: [], expiresAt: Date.now() + ROOM_MS };
    rooms.set(code, room);
    if (!room.users.includes(userId)) {
      room.users.push(userId);
      tell(server, room);
    }
    return { ...shown(server, room), expiresAt: room.expiresAt };
  },

  "face.confirm": (server, { userId }, { code }) => {
    const { world } = server;
    const room = server.rooms?.get(code);
    if (!room?.users.includes(userId) || room.expiresAt <= Date.now()) {
      throw new Refused("code_expired");
    }
    const created = !room.groupId;
    if (created) {
      const name = room.users.map((id) => world.user(id).nickname).join(", ");
      room.groupId = world.createGroup(userId, { clientGroupId: `face-${code}`, name }).groupId;
      tell(server, room);
    }
    const group = world.group(room.groupId);
    world.join(group, userId, userId);
    server.conversationChanged(group, [userId]);
    return { group: world.groupOnWire(group), created };
  },

  "face.leave": (server, { userId }, { code }) => {
    const room = server.rooms?.get(code);
    if (room?.users.includes(userId)) {
      room.users = room.users.filter((id) => id !== userId);
      tell(server, room);
    }
    return {};
  },
};

function shown({ world }, { code, users, groupId }) {
  return { code, waiting: users.map((id) => world.user(id)), groupId };
}

function tell(server, room) {
  server.toUsers(room.users, "face", shown(server, room));
}
