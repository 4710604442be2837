/** More than the server's thumbnail has is of no use. */
const SIDE_PX = 480;

const QUALITY = 0.8;

/** The first moment is black in many videos. */
const AT_S = 1;

/** A browser that cannot decode a video may say nothing at all. */
const PATIENCE_MS = 10_000;

/** A picture of a video, or null where this browser cannot make one. */
export async function coverOf(file) {
  const video = document.createElement("video");
  const url = URL.createObjectURL(file);
  try {
    video.muted = true;
    video.src = url;
    await event(video, "loadeddata");
    const third = Number.isFinite(video.duration) ? video.duration / 3 : 0;
    video.currentTime = Math.min(AT_S, third);
    await event(video, "seeked");
    return await pictureOf(video);
  } catch {
    return null;
  } finally {
    video.removeAttribute("src");
    URL.revokeObjectURL(url);
  }
}

function event(video, name) {
  return new Promise((resolve, reject) => {
    video.addEventListener(name, resolve, { once: true });
    video.addEventListener("error", reject, { once: true });
    setTimeout(reject, PATIENCE_MS);
  });
}

async function pictureOf(video) {
  const { videoWidth, videoHeight } = video;
  const scale = Math.min(1, SIDE_PX / Math.max(videoWidth, videoHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  const type = "image/jpeg";
  const picture = await new Promise((resolve) => canvas.toBlob(resolve, type, QUALITY));
  return new File([picture], "cover", { type });
}
