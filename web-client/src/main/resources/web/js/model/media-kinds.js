/** The types that each kind of medium may have; a file may have any. */
const TYPES = {
  image: ["image/png", "image/jpeg", "image/gif", "image/webp"],
  audio: ["audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav", "audio/webm"],
  video: ["video/mp4", "video/webm"],
};

/** What browsers call some of them. */
const ALIASES = {
  "image/jpg": "image/jpeg",
  "audio/mp3": "audio/mpeg",
  "audio/x-m4a": "audio/mp4",
  "audio/m4a": "audio/mp4",
  "audio/wave": "audio/wav",
  "audio/x-wav": "audio/wav",
  "application/ogg": "audio/ogg",
};

const UNKNOWN = "application/octet-stream";

const NAME_CHARACTERS_MAX = 255;

/** A file's type as the protocol has it: in small letters, without parameters. */
export function contentTypeOf({ type }) {
  const plain = type.split(";", 1)[0].trim().toLowerCase();
  return ALIASES[plain] ?? (plain || UNKNOWN);
}

/**
 * As what a file is sent: a picture, a sound or a video that the server does not take as such, for its
 * type or its size, goes as a file.
 *
 * @param limits of the session: `imageBytes`, `audioBytes`, …
 */
export function kindOf(file, limits) {
  const type = contentTypeOf(file);
  const kind = Object.keys(TYPES).find((each) => TYPES[each].includes(type));
  return kind && file.size <= limits[`${kind}Bytes`] ? kind : "file";
}

/** Whether a file may be the picture of a person or a group. */
export function isPicture(file) {
  return TYPES.image.includes(contentTypeOf(file));
}

/** A file's name within what the protocol allows; its end, which tells the type, stays. */
export function nameOf({ name }) {
  const characters = [...(name || "file")];
  const over = characters.length - NAME_CHARACTERS_MAX;
  const end = characters.lastIndexOf(".");
  if (over <= 0) {
    return characters.join("");
  }
  return end > over
    ? [...characters.slice(0, end - over), ...characters.slice(end)].join("")
    : characters.slice(0, NAME_CHARACTERS_MAX).join("");
}
