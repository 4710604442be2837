import { Refused } from "./groups.js";

const DAY_MS = 86_400_000;

/** Red packets and wallets, decided one request after the other. */
export const PACKET_OPS = {
  "redpacket.send": (server, { userId }, data) => {
    const { world } = server;
    const key = `packet ${userId} ${data.groupId} ${data.clientPacketId}`;
    const { packets } = money(world);
    if (world.data.keys[key]) {
      return sent(packets[world.data.keys[key]]);
    }
    const group = world.group(data.groupId, userId);
    const silence = world.silence(group, userId);
    if (silence) {
      throw silence;
    }
    const { kind, totalFen, count, greeting = "", recipientId } = data;
    if (kind === "identical" && totalFen % count !== 0) {
      throw new Refused("invalid_argument", { field: "totalFen" });
    }
    const packetId = world.newId();
    book(server, userId, { kind: "redpacket_sent", amountFen: -totalFen, packetId });
    const { messageId, seq, sentAt } = world.append(group, userId, {
      type: "redpacket",
      content: { packetId, kind, count, greeting },
    });
    packets[packetId] = {
      ...{ packetId, groupId: data.groupId, senderId: userId, kind, totalFen, count, greeting },
      ...{ recipientId, createdAt: sentAt, expiresAt: sentAt + DAY_MS },
      ...{ shares: sharesOf(kind, totalFen, count), claims: [], messageId, seq },
    };
    world.data.keys[key] = packetId;
    return sent(packets[packetId]);
  },

  "redpacket.grab": (server, { userId }, { packetId }) => {
    const packet = packetOf(server, packetId);
    const mine = claimOf(packet, userId);
    if (mine) {
      return mine.openedAt
        ? { status: "opened", amountFen: mine.amountFen }
        : { status: packet.refunded ? "expired" : "grabbed" };
    }
    server.world.group(packet.groupId, userId);
    if (packet.recipientId && packet.recipientId !== userId) {
      throw new Refused("not_recipient");
    }
    if (packet.claims.length === packet.count) {
      return { status: "empty" };
    }
    if (packet.refunded) {
      return { status: "expired" };
    }
    packet.claims.push({ userId, grabbedAt: Date.now() });
    return { status: "grabbed" };
  },

  "redpacket.open": (server, { userId }, { packetId }) => {
    const packet = packetOf(server, packetId);
    const mine = claimOf(packet, userId);
    if (!mine) {
      throw new Refused("not_grabbed");
    }
    if (!mine.openedAt) {
      if (packet.refunded) {
        return { status: "expired" };
      }
      mine.amountFen = packet.shares[packet.claims.indexOf(mine)];
      mine.openedAt = Date.now();
      const { amountFen } = mine;
      book(server, userId, { kind: "redpacket_received", amountFen, packetId });
      opened(server, packet, userId);
    }
    return { status: "opened", amountFen: mine.amountFen, openedAt: mine.openedAt };
  },

  "redpacket.get": (server, { userId }, { packetId, cursor, limit = 50 }) => {
    const packet = packetOf(server, packetId);
    server.world.group(packet.groupId, userId);
    const mine = claimOf(packet, userId);
    const shown = mine?.openedAt || packet.senderId === userId || isOver(packet);
    const from = Number(cursor ?? 0);
    const claims = packet.claims.slice(from, from + limit).map((claim) => ({
      ...claim,
      amountFen: shown ? claim.amountFen : undefined,
      best: isFinished(packet) && claim === bestOf(packet) ? true : undefined,
    }));
    const nextCursor = from + limit < packet.claims.length ? String(from + limit) : undefined;
    return { packet: onWire(packet), mine, claims, nextCursor };
  },

  "redpacket.records": ({ world }, { userId }, { direction, year, cursor, limit = 50 }) => {
    const records = Object.values(money(world).packets)
      .flatMap((packet) => recordOf(packet, userId, direction))
      .filter(({ at }) => new Date(at + 8 * 3_600_000).getUTCFullYear() === year)
      .sort((a, b) => b.at - a.at);
    const from = Number(cursor ?? 0);
    return {
      count: records.length,
      totalFen: records.reduce((sum, { amountFen }) => sum + amountFen, 0),
      bestCount: direction === "received" ? records.filter(({ best }) => best).length : undefined,
      records: records.slice(from, from + limit),
      nextCursor: from + limit < records.length ? String(from + limit) : undefined,
    };
  },

  "wallet.get": ({ world }, { userId }) => ({ balanceFen: balanceOf(world, userId) }),

  "wallet.topup": (server, { userId }, { amountFen, clientTransferId }) => {
    const key = `topup ${userId} ${clientTransferId}`;
    if (!server.world.data.keys[key]) {
      server.world.data.keys[key] = true;
      book(server, userId, { kind: "topup", amountFen });
    }
    return { balanceFen: balanceOf(server.world, userId) };
  },

  "wallet.entries": ({ world }, { userId }, { cursor, limit = 50 }) => {
    const all = (money(world).entries[userId] ?? []).toReversed();
    const from = cursor ? all.findIndex(({ entryId }) => entryId === cursor) + 1 : 0;
    const entries = all.slice(from, from + limit);
    return { entries, nextCursor: all[from + limit] && entries.at(-1).entryId };
  },
};

/** Ends a packet's time: what nobody opened goes back. */
export function expire(server, packetId) {
  const packet = packetOf(server, packetId);
  packet.expiresAt = Date.now();
  packet.refunded = true;
  const amountFen = packet.totalFen - onWire(packet).openedFen;
  book(server, packet.senderId, { kind: "redpacket_refund", amountFen, packetId });
}

function money({ data }) {
  return (data.money ??= { packets: {}, entries: {} });
}

function balanceOf(world, userId) {
  return money(world).entries[userId]?.at(-1)?.balanceFen ?? 0;
}

function book(server, userId, change) {
  const balanceFen = balanceOf(server.world, userId) + change.amountFen;
  if (balanceFen < 0) {
    throw new Refused("insufficient_funds");
  }
  const entry = { entryId: server.world.newId(), ...change, balanceFen, createdAt: Date.now() };
  (money(server.world).entries[userId] ??= []).push(entry);
  server.toUsers([userId], "wallet", { balanceFen, entry });
}

function packetOf({ world }, packetId) {
  const packet = money(world).packets[packetId];
  if (!packet) {
    throw new Refused("not_found");
  }
  return packet;
}

const claimOf = ({ claims }, userId) => claims.find((claim) => claim.userId === userId);
const isFinished = ({ claims, count }) =>
  claims.length === count && claims.every(({ openedAt }) => openedAt);
const isOver = (packet) => isFinished(packet) || packet.refunded;
const sent = ({ packetId, messageId, seq }) => ({ packetId, messageId, seq });

function bestOf({ claims }) {
  return claims.reduce((best, claim) => (claim.amountFen > best.amountFen ? claim : best));
}

function onWire({ shares: _, claims, refunded, messageId: __, seq: ___, ...packet }) {
  const opened = claims.filter(({ openedAt }) => openedAt);
  const full = claims.length === packet.count;
  return {
    ...packet,
    claimedCount: claims.length,
    openedCount: opened.length,
    openedFen: opened.reduce((sum, { amountFen }) => sum + amountFen, 0),
    status: refunded ? "refunded" : full ? "exhausted" : "active",
  };
}

function opened(server, packet, userId) {
  const { packetId, groupId, status, claimedCount, openedCount, count } = onWire(packet);
  const event = { packetId, groupId, status, claimedCount, openedCount, count };
  server.toUsers([packet.senderId, userId], "redpacket", event);
  if (isFinished(packet)) {
    const group = server.world.group(groupId);
    server.toUsers(Object.keys(group.members), "redpacket", event);
    const bestUserId = bestOf(packet).userId;
    server.world.system(group, userId, "redpacket_finished", { packetId, bestUserId });
  }
}

function recordOf(packet, userId, direction) {
  const { packetId, groupId, kind, totalFen, createdAt, senderId } = packet;
  if (direction === "sent") {
    return senderId === userId
      ? { packetId, groupId, kind, amountFen: totalFen, at: createdAt }
      : [];
  }
  const claim = claimOf(packet, userId);
  if (!claim?.openedAt) {
    return [];
  }
  const best = isFinished(packet) && claim === bestOf(packet) ? true : undefined;
  return { packetId, groupId, kind, amountFen: claim.amountFen, at: claim.openedAt, best };
}

/** Lucky shares: each at least a fen, the last one takes the rest. */
function sharesOf(kind, totalFen, count) {
  if (kind !== "lucky") {
    return Array.from({ length: count }, () => totalFen / count);
  }
  let rest = totalFen;
  return Array.from({ length: count }, (_, at) => {
    const left = count - at;
    const most = Math.max(1, Math.floor((2 * (rest - left)) / left));
    const share = left === 1 ? rest : 1 + Math.floor(Math.random() * most);
    rest -= share;
    return share;
  });
}
