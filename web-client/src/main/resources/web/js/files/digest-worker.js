import { digestOf } from "./digest.js";

addEventListener("message", async ({ data: file }) => {
  try {
    postMessage({ hex: await digestOf(file, (read) => postMessage({ read })) });
  } catch (error) {
    postMessage({ problem: String(error) });
  }
});
