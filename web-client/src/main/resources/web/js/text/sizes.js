const UNITS = ["bytes", "KB", "MB", "GB"];
const STEP = 1_024;

/** A size as people read it: 1 byte, 12 KB, 3.4 MB */
export function sizeText(bytes) {
  if (bytes === 1) {
    return "1 byte";
  }
  let size = bytes;
  let unit = 0;
  while (Math.round(size) >= STEP && unit < UNITS.length - 1) {
    size /= STEP;
    unit++;
  }
  const digits = unit > 0 && size < 9.95 ? 1 : 0;
  return `${size.toFixed(digits).replace(/\.0$/u, "")} ${UNITS[unit]}`;
}
