import { correction, generate } from "../vendor/lean-qr.js";

const SVG = "http://www.w3.org/2000/svg";

/** Empty modules around a code, as the standard wants them. */
const QUIET = 4;

/** A text as a QR code: dark on light whatever the colours of the page, as scanners want it. */
export function qrCode(text, label) {
  const code = generate(text, { minCorrectionLevel: correction.M });
  const side = code.size + 2 * QUIET;
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", modules(code));
  svg.setAttribute("viewBox", `${-QUIET} ${-QUIET} ${side} ${side}`);
  svg.setAttribute("class", "qr-code");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  svg.setAttribute("data-testid", "qr-code");
  svg.append(path);
  return svg;
}

/** One horizontal bar for each run of dark modules. */
function modules(code) {
  let path = "";
  for (let y = 0; y < code.size; y++) {
    for (let x = 0, from = 0; x <= code.size; x++) {
      if (!code.get(x, y)) {
        path += x > from ? `M${from} ${y}h${x - from}v1h${from - x}z` : "";
        from = x + 1;
      }
    }
  }
  return path;
}
