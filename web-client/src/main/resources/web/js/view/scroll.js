import { el } from "./dom.js";

/** This near to an edge counts as being there. */
const EDGE_PX = 48;

/** This near to an edge the next page is asked for. */
const AHEAD_PX = 600;

/**
 * A box that scrolls like a chat: it sticks to its end while the reader is there, and keeps the
 * reader's place whatever is put in above or below it.
 */
export class Scroll {
  #moves;
  #sticks = true;

  /** @param moves `ontop()` and `onbottom()` near the edges, `onmove()` after each movement */
  constructor(children, moves) {
    this.#moves = moves;
    this.node = el(
      "div",
      {
        class: "scroll",
        tabindex: "0",
        "aria-label": "Messages: Enter goes through them",
        testid: "scroll",
      },
      ...children,
    );
    this.node.addEventListener("scroll", () => this.#moved(), { passive: true });
    const resizes = new ResizeObserver(() => this.#sticks && this.#toEnd());
    [this.node, ...children].forEach((each) => resizes.observe(each));
  }

  /** Whether the reader is at the end. */
  get sticks() {
    return this.#sticks;
  }

  stick() {
    this.#sticks = true;
    this.#toEnd();
  }

  unstick() {
    this.#sticks = false;
  }

  /** Where the reader begins: at the end, or with the divider in the upper part. */
  place(divider) {
    this.#sticks = true;
    this.#toEnd();
    if (divider && divider.offsetTop < this.node.scrollTop) {
      this.#sticks = false;
      this.node.scrollTop = divider.offsetTop - this.node.clientHeight / 4;
    }
    this.#moved();
  }

  /** Runs a change of the content; the row at the top of the view stays where it is. */
  keepingPlace(change) {
    const anchor = this.#sticks ? null : this.#firstInView();
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (this.#sticks) {
      this.#toEnd();
    } else if (anchor?.isConnected) {
      this.node.scrollTop += anchor.getBoundingClientRect().top - before;
    }
    this.#ask();
  }

  /** The last of these elements that the reader sees and that the check takes. */
  lastInView(elements, check) {
    const { bottom } = this.node.getBoundingClientRect();
    return [...elements].findLast(
      (each) => check(each) && each.getBoundingClientRect().top < bottom - EDGE_PX / 2,
    );
  }

  #firstInView() {
    const { top } = this.node.getBoundingClientRect();
    return [...this.node.querySelectorAll("[data-seq]")].find(
      (each) => each.getBoundingClientRect().bottom > top,
    );
  }

  #toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
  }

  #moved() {
    const { scrollTop, scrollHeight, clientHeight } = this.node;
    this.#sticks = scrollHeight - scrollTop - clientHeight < EDGE_PX;
    this.#ask();
    this.#moves.onmove();
  }

  #ask() {
    const { scrollTop, scrollHeight, clientHeight } = this.node;
    if (scrollTop < AHEAD_PX) {
      this.#moves.ontop();
    }
    if (scrollHeight - scrollTop - clientHeight < AHEAD_PX) {
      this.#moves.onbottom();
    }
  }
}
