import { RequestError } from "../net/request-error.js";

/** A URL that fails this soon after it was given has not run out: the store is away. */
export const FRESH_MS = 10_000;

/**
 * Gives an element its URL, and a fresh one where that has run out. One that it has already, of a file
 * of this browser, is left to it until it fails.
 *
 * @param urls gives URLs, as Media does
 * @param element an img, audio or video
 * @param onproblem is told why there is none to be had
 * @returns `{give, ready}`; both resolve once the element has a URL, or onproblem was called
 */
export function sourceOf(urls, element, mediaId, onproblem) {
  let given = null;
  let givenAt = 0;
  const give = async (how) => {
    try {
      const url = await urls.url(mediaId, how);
      givenAt = Date.now();
      goOnFrom(element, url);
    } catch (error) {
      onproblem(error);
    }
  };
  element.addEventListener("error", () => {
    if (Date.now() - givenAt < FRESH_MS) {
      onproblem(new RequestError("store_away"));
    } else {
      give({ fresh: true });
    }
  });
  return { give, ready: () => (given ??= element.src ? Promise.resolve() : give()) };
}

/** A player stays where it is, and goes on where it was playing. */
function goOnFrom(element, url) {
  const { currentTime, paused } = element;
  element.src = url;
  if (currentTime > 0) {
    element.currentTime = currentTime;
  }
  if (paused === false) {
    element.play().catch(() => {}); // the element's error event says why
  }
}
