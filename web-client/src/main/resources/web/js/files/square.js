import { RequestError } from "../net/request-error.js";

/** More nobody sees of an avatar. */
const SIDE_PX = 512;

const QUALITY = 0.9;

/** The middle of a picture as a small square, so that nobody loads a photograph to see a face. */
export async function squareOf(file) {
  const picture = await createImageBitmap(file).catch(() => {
    throw new RequestError("media_mismatch");
  });
  const side = Math.min(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.min(SIDE_PX, side);
  const left = (picture.width - side) / 2;
  const top = (picture.height - side) / 2;
  const to = [0, 0, canvas.width, canvas.height];
  canvas.getContext("2d").drawImage(picture, left, top, side, side, ...to);
  picture.close();
  const type = file.type === "image/jpeg" ? file.type : "image/png"; // which keeps what is transparent
  const square = await new Promise((resolve) => canvas.toBlob(resolve, type, QUALITY));
  return new File([square], "avatar", { type });
}
