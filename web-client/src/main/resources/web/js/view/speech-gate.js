import { timeLeft } from "../text/durations.js";
import { el } from "./dom.js";
import { notify } from "./notices.js";
import { speechNotice } from "./speech-notice.js";

/** Whether, and when, the user may write: what stands in the message field's place, or in it. */
export class SpeechGate {
  /** Stands in the field's place while the user may not write. */
  barrier = el("div", { hidden: true });
  /** Stands in the field while slow mode asks for a wait. */
  wait = el("span", { class: "counter", hidden: true, testid: "slow-mode-wait" });
  #client;
  #groupId = null;
  #couldWrite = true;

  /** @param onchange is called after each change, and each second of a wait */
  constructor(client, onchange) {
    this.#client = client;
    client.speaking.on("change", () => {
      this.#look();
      onchange();
    });
  }

  get mayWrite() {
    return this.#client.speaking.state.may;
  }

  get waitMs() {
    return this.#client.speaking.state.waitMs ?? 0;
  }

  /** Does something that sends a message, or says how long slow mode asks to wait. */
  unlessSlow(action) {
    if (this.waitMs > 0) {
      notify(`Slow mode: you can send this in ${timeLeft(this.waitMs)}.`);
    } else {
      action();
    }
  }

  #look() {
    const { speaking, serverNow, conversations } = this.#client;
    const { groupId } = speaking;
    const notice = groupId && speechNotice(speaking.state, serverNow);
    this.barrier.hidden = !notice;
    if (notice && this.barrier.textContent !== notice.textContent) {
      this.barrier.replaceChildren(notice);
    }
    const same = groupId === this.#groupId && conversations.get(groupId);
    if (same && this.mayWrite && !this.#couldWrite) {
      notify("You can write in this group again.");
    }
    this.#groupId = groupId;
    this.#couldWrite = this.mayWrite;
    this.wait.hidden = this.waitMs === 0;
    this.wait.textContent = this.waitMs > 0 ? timeLeft(this.waitMs) : "";
    this.wait.title = "Slow mode: how long until you can send the next message";
  }
}
