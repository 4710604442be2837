const SVG = "http://www.w3.org/2000/svg";

/** Drawn with a pen on a field of 24 by 24; part of the script, so that they are there offline too. */
const PATHS = {
  back: "M15 5l-7 7 7 7",
  plus: "M12 5v14M5 12h14",
  people:
    "M5.5 8a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0zM2.5 20c.6-3.8 3.2-6 6.5-6s5.9 2.2 6.5 6M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.6c1.9.9 3.1 2.8 3.5 5.4",
  search: "M4.5 11a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0zM16 16l4.5 4.5",
  invite:
    "M6.5 8a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0zM3.5 20c.6-3.8 3.2-6 6.5-6 1.2 0 2.3.3 3.3.8M18 14v6M15 17h6",
  send: "M4 12l16-8-6 16-3-7zM11 13l9-9",
  more: "M4.2 12a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0 -2.6 0zM10.7 12a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0 -2.6 0zM17.2 12a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0 -2.6 0z",
  close: "M6 6l12 12M18 6L6 18",
  reply: "M9 6L4 11l5 5M4 11h9c4 0 7 2.5 7 7",
  copy: "M10.5 8h7a2.5 2.5 0 0 1 2.5 2.5v7a2.5 2.5 0 0 1 -2.5 2.5h-7a2.5 2.5 0 0 1 -2.5 -2.5v-7a2.5 2.5 0 0 1 2.5 -2.5zM16 8V6.5A2.5 2.5 0 0 0 13.5 4h-7A2.5 2.5 0 0 0 4 6.5v7A2.5 2.5 0 0 0 6.5 16H8",
  recall: "M4 5v5h5M4.5 10a8 8 0 1 1-.4 4",
  check: "M5 12.5l4.5 4.5L19 7",
  clock: "M4 12a8 8 0 1 0 16 0a8 8 0 1 0 -16 0zM12 7.5V12l3 2",
  alert: "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0zM12 7.5v5.5M12 16.3v.2",
  muted: "M6 16.5V11a6 6 0 0 1 9.5-4.9M18 10v6.5H8M10 19.5a2.2 2.2 0 0 0 4 0M4 4l16 16",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  down: "M12 5v14M6 13l6 6 6-6",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM9.2 12a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0 -5.6 0z",
  leave: "M10 4H6.5A2.5 2.5 0 0 0 4 6.5v11A2.5 2.5 0 0 0 6.5 20H10M15 8l4 4-4 4M19 12H9",
  up: "M12 19V5M6 11l6-6 6 6",
  bell: "M6 16.5V11a6 6 0 0 1 12 0v5.5zM10 19.5a2.2 2.2 0 0 0 4 0",
  crown: "M4 8l4.5 4L12 5.5 15.5 12 20 8l-1.5 10h-13z",
  ban: "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0zM6 6l12 12",
  door: "M6 20V5.5A1.5 1.5 0 0 1 7.5 4h9A1.5 1.5 0 0 1 18 5.5V20M3.5 20h17M14.5 12v.2",
  settings:
    "M4 7h9M17 7h3M4 17h3M11 17h9M13 7a2 2 0 1 0 4 0a2 2 0 1 0 -4 0zM7 17a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z",
  list: "M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5v.01M4.5 12v.01M4.5 17.5v.01",
  edit: "M5 19l1-4L16.5 4.5l3 3L9 18z",
  keypad:
    "M5.1 6a.9.9 0 1 0 1.8 0a.9.9 0 1 0 -1.8 0zM11.1 6a.9.9 0 1 0 1.8 0a.9.9 0 1 0 -1.8 0zM17.1 6a.9.9 0 1 0 1.8 0a.9.9 0 1 0 -1.8 0zM5.1 12a.9.9 0 1 0 1.8 0a.9.9 0 1 0 -1.8 0zM11.1 12a.9.9 0 1 0 1.8 0a.9.9 0 1 0 -1.8 0zM17.1 12a.9.9 0 1 0 1.8 0a.9.9 0 1 0 -1.8 0zM5.1 18a.9.9 0 1 0 1.8 0a.9.9 0 1 0 -1.8 0zM11.1 18a.9.9 0 1 0 1.8 0a.9.9 0 1 0 -1.8 0zM17.1 18a.9.9 0 1 0 1.8 0a.9.9 0 1 0 -1.8 0z",
  erase: "M9 5h11v14H9l-6-7zM12 9.5l5 5M17 9.5l-5 5",
  bin: "M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13",
};

/** A drawing; it says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(path);
  return svg;
}
