import { createHash } from "node:crypto";
import { Refused } from "./groups.js";

const PART_BYTES = 8 << 20;
/** A page may be shorter than what is asked for. */
const PARTS_PAGE_MAX = 2;

const URL_MS = 60 * 60_000;

/** The type of a message and the fields that the server puts into its content. */
const FILLED = {
  image: ({ width, height, bytes, contentType, mediaId }) => ({
    ...{ mediaId, width, height, bytes, contentType },
    thumbnailMediaId: mediaId,
  }),
  audio: ({ mediaId, bytes, contentType }) => ({ mediaId, durationMs: 3_000, bytes, contentType }),
  video: ({ mediaId, bytes, contentType }, coverMediaId) => ({
    ...{ mediaId, bytes, contentType },
    thumbnailMediaId: coverMediaId,
  }),
  file: ({ mediaId, bytes, contentType, name }) => ({ mediaId, name, bytes, contentType }),
};

/** Media: announced, put into a store that is a map, checked by length and digest alone. */
export const MEDIA_OPS = {
  "media.prepare": (server, { userId }, { kind, contentType, bytes, sha256, name }) => {
    if (bytes > server.bytesMax) {
      throw new Refused("media_too_large");
    }
    const media = mediaOf(server);
    const known = [...media.values()].find(
      (each) => each.userId === userId && each.sha256 === sha256 && each.kind === kind,
    );
    const mediaId = known?.mediaId ?? server.world.newId();
    if (!known) {
      media.set(mediaId, { mediaId, userId, kind, contentType, bytes, sha256, name, parts: [] });
    }
    return known?.complete
      ? { mediaId, complete: true }
      : { mediaId, ...signed(server, mediaId, 0), expiresAt: Date.now() + URL_MS };
  },

  "media.parts": (server, { userId }, { mediaId, cursor = "0", limit = 50 }) => {
    const { bytes, parts } = own(server, userId, mediaId);
    const count = Math.ceil(bytes / PART_BYTES);
    const from = Number(cursor);
    const to = Math.min(count, from + Math.min(limit, PARTS_PAGE_MAX));
    const page = Array.from({ length: to - from }, (_, at) => {
      const number = from + at + 1;
      const size = Math.min(PART_BYTES, bytes - (number - 1) * PART_BYTES);
      return parts[number]
        ? { number, bytes: size, stored: true }
        : { number, bytes: size, ...signed(server, mediaId, number) };
    });
    return {
      mediaId,
      partBytes: PART_BYTES,
      parts: page,
      expiresAt: Date.now() + URL_MS,
      nextCursor: to < count ? String(to) : undefined,
    };
  },

  "media.complete": (server, { userId }, { mediaId }) => {
    const medium = own(server, userId, mediaId);
    const content = Buffer.concat(medium.parts.filter(Boolean));
    const digest = createHash("sha256").update(content).digest("hex");
    if (content.length !== medium.bytes || digest !== medium.sha256) {
      throw new Refused("media_mismatch");
    }
    Object.assign(medium, { content, parts: [], complete: true }, sizeOf(content));
    const { kind, contentType, bytes } = medium;
    return { media: { mediaId, kind, contentType, bytes } };
  },

  "media.url": (server, { userId }, { mediaId }) => {
    const medium = mediaOf(server).get(mediaId);
    if (!medium?.complete) {
      throw new Refused("not_found");
    }
    if (medium.userId !== userId && medium.kind !== "avatar" && !isSent(server, userId, mediaId)) {
      throw new Refused("forbidden");
    }
    const url = `${server.storeUrl}/${mediaId}?signature=${server.world.newId()}`;
    return { url, expiresAt: Date.now() + URL_MS };
  },
};

/** A message's content as its readers see it; refuses media that are not there. */
export function filled(server, userId, type, { mediaId, name, coverMediaId }) {
  const medium = mediaOf(server).get(mediaId);
  if (!medium?.complete || medium.userId !== userId || medium.kind !== type) {
    throw new Refused("not_found");
  }
  return FILLED[type]({ ...medium, name: name ?? medium.name }, coverMediaId);
}

/** What a PUT to the store does; true where the URL is one that was given out. */
export function store(server, url, content) {
  const { pathname, searchParams } = new URL(url, "http://store");
  const medium = mediaOf(server).get(pathname.split("/").at(-1));
  if (!medium) {
    return false;
  }
  medium.parts[Number(searchParams.get("part"))] = Buffer.from(content);
  return true;
}

export function stored(server, mediaId) {
  return mediaOf(server).get(mediaId);
}

function mediaOf(server) {
  return (server.media ??= new Map());
}

function own(server, userId, mediaId) {
  const medium = mediaOf(server).get(mediaId);
  if (medium?.userId !== userId) {
    throw new Refused(medium ? "forbidden" : "not_found");
  }
  return medium;
}

function signed({ storeUrl }, mediaId, number) {
  const headers = { "Content-Type": "application/octet-stream" };
  return { uploadUrl: `${storeUrl}/${mediaId}?part=${number}`, method: "PUT", headers };
}

function isSent({ world }, userId, mediaId) {
  return Object.values(world.data.groups).some(
    ({ members, log }) =>
      members[userId] &&
      log.some(({ content }) => [content.mediaId, content.thumbnailMediaId].includes(mediaId)),
  );
}

/** Of a PNG; anything else is a square. */
function sizeOf(content) {
  const isPng = content.subarray(1, 4).toString() === "PNG";
  return isPng
    ? { width: content.readUInt32BE(16), height: content.readUInt32BE(20) }
    : { width: 400, height: 400 };
}
