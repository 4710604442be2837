import { act } from "./act.js";
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { facePad } from "./face-pad.js";
import { faceWaiting } from "./face-waiting.js";
import { positionSwitch } from "./position-switch.js";
import { explain } from "./problems.js";
import { goToGroup } from "./route.js";

const WORDS = {
  code_expired: "The three minutes are over. Enter the code again.",
  group_full: "There are too many people with this code.",
  rate_limited: "You have entered many codes. Please wait a little.",
};

/** Meeting face to face: who stands together enters the same four digits, sees the others, and goes in. */
export function openFaceToFace(client) {
  const { faceRoom } = client;
  const problem = el("p", { class: "problem", role: "alert", testid: "face-problem" });
  const body = el("div", { class: "face", testid: "face" }, problem);
  const position = positionSwitch();
  let shown = null;
  let close = () => {};

  const turnTo = (name, make) => {
    if (shown?.name !== name) {
      shown?.dispose?.();
      shown = { name, ...make() };
      body.replaceChildren(shown.node, problem);
      shown.focus?.();
    }
    shown.render?.();
  };
  const enter = (code) => {
    problem.textContent = "";
    faceRoom.enter(code, position.place);
  };
  const confirm = async () => {
    problem.textContent = "";
    const group = await faceRoom.confirm();
    if (group) {
      close();
      await act(() => client.conversations.expect(group.groupId));
      goToGroup(group.groupId);
    }
  };

  const render = () => {
    if (faceRoom.state === "out" || faceRoom.state === "entering") {
      const isBusy = () => faceRoom.state === "entering";
      turnTo("pad", () => facePad({ onenter: enter, isBusy, below: position.node }));
    } else {
      turnTo("waiting", () =>
        faceWaiting(client, { onconfirm: confirm, again: () => faceRoom.leave() }),
      );
    }
  };
  const unlisten = [
    faceRoom.on("change", render),
    faceRoom.on("problem", (error) => {
      problem.textContent = explain(error, WORDS);
      shown.failed?.();
    }),
  ];
  openDialog({
    title: "Face to face",
    testid: "face-dialog",
    body: (closeDialog) => {
      close = closeDialog;
      return body;
    },
    onclose: () => {
      unlisten.forEach((off) => off());
      shown?.dispose?.();
      if (faceRoom.state !== "out") {
        faceRoom.leave();
      }
    },
  });
  render();
}
