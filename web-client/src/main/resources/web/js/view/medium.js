import { RequestError } from "../net/request-error.js";
import { act } from "./act.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { explain } from "./problems.js";
import { sourceOf } from "./source.js";

/** By then the browser has begun to save what it was given. */
const SAVED_MS = 60_000;

const WORDS = {
  forbidden: "This is not to be had any more.",
  not_found: "This is not to be had any more.",
  unavailable: "The media store cannot be reached just now.",
};

/** What is to be done once an element is seen. */
const unseen = new WeakMap();
const seen = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting) {
        seen.unobserve(target);
        unseen.get(target)();
      }
    }
  },
  { scrollMargin: "400px" },
);

/**
 * A frame around a picture or a player, which gets its URL once it is seen, and a fresh one where the
 * one it has is not to be had any more. Where there is none to be had the frame says so instead, and offers to try again.
 *
 * @param media the img, audio or video
 * @param shown what stands in the frame, where it is more than that
 * @returns `{node, ready}`; `ready` resolves once the URL is there
 */
export function framed(client, media, mediaId, shown = media) {
  const words = el("span", {});
  const problem = el(
    "button",
    { type: "button", class: "medium-problem", hidden: true, testid: "medium-problem" },
    icon("alert"),
    words,
  );
  const source = sourceOf(client.media, media, mediaId, (error) => {
    words.textContent = `${explain(error, WORDS)} Try again`;
    say(true);
  });
  const say = (isProblem) => {
    problem.hidden = !isProblem;
    shown.hidden = isProblem;
  };
  problem.addEventListener("click", () => {
    say(false);
    source.give({ fresh: true });
  });
  const node = el("div", { class: "medium" }, shown, problem);
  unseen.set(node, source.ready);
  seen.observe(node);
  return { node, ready: source.ready };
}

/** Saves a medium where the browser keeps what is downloaded. */
export function download(client, { mediaId, name, contentType }) {
  const begun = async () => {
    const url = await client.media.url(mediaId);
    if (name) {
      save(url, name); // the store says of files that they are to be saved
      return;
    }
    const local = URL.createObjectURL(await fetched(url));
    save(local, `hongbao.${contentType.split("/").at(-1)}`);
    setTimeout(() => URL.revokeObjectURL(local), SAVED_MS);
  };
  return act(begun, null, WORDS);
}

function save(href, name) {
  el("a", { href, download: name, target: "_blank", rel: "noopener noreferrer" }).click();
}

async function fetched(url) {
  const response = await fetch(url).catch(() => null);
  if (!response?.ok) {
    throw new RequestError("store_away");
  }
  return response.blob();
}

/** Width and height to show something in, no larger than it is, and not larger than the bounds. */
export function within({ width, height }, bounds) {
  if (!width || !height) {
    return {};
  }
  const scale = Math.min(1, bounds.width / width, bounds.height / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
