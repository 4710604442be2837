import { faceOf } from "./avatar.js";
import { el } from "./dom.js";

const SHOWN_MAX = 8;

/** An @ that does not stand in an address, and what follows it up to the caret. */
const BEGUN = /(?:^|[^A-Za-z0-9_.])@([^\s@]{0,32})$/u;

const EVERYONE = { userId: "all", nickname: "all", hint: "everyone in the group" };

/** Completes an @ in the message to a member's name, and remembers who is meant. */
export class MentionPicker {
  /** `{userId, name}` of those who were picked. */
  chosen = [];
  node = el("ul", {
    class: "mentions",
    role: "listbox",
    id: "mentions",
    "aria-label": "Members",
    hidden: true,
    testid: "mentions",
  });
  #client;
  #input;
  #groupId;
  #options = [];
  #at = 0;

  /** @param groupId gives the group whose members are meant */
  constructor(client, input, groupId) {
    this.#client = client;
    this.#input = input;
    this.#groupId = groupId;
    input.setAttribute("aria-controls", "mentions");
    input.setAttribute("aria-autocomplete", "list");
    input.addEventListener("blur", () => this.#show([]));
    client.members.on("change", () => document.activeElement === input && this.look());
  }

  /** Offers whom the word before the caret may mean. */
  look() {
    const word = this.#begun();
    this.#at = 0;
    this.#show(word === null ? [] : this.#matching(word.toLowerCase()));
  }

  /** Whether the key was for the offered names. */
  key({ key }) {
    if (this.#options.length === 0) {
      return false;
    }
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (key in steps) {
      this.#at = (this.#at + steps[key] + this.#options.length) % this.#options.length;
      this.#show(this.#options);
    } else if (key === "Enter" || key === "Tab") {
      this.#pick(this.#options[this.#at]);
    } else if (key === "Escape") {
      this.#show([]);
    } else {
      return false;
    }
    return true;
  }

  /** The ids of the picked ones whose names still stand in the text. */
  idsIn(text) {
    const standing = this.chosen.filter(({ name }) => text.includes(`@${name}`));
    return [...new Set(standing.map(({ userId }) => userId))];
  }

  /** Who is meant by a text that mentions these ids, by whatever name they may stand in it. */
  namesOf(userIds) {
    const { members, people } = this.#client;
    return userIds.flatMap((userId) =>
      userId === "all"
        ? [{ userId, name: EVERYONE.nickname }]
        : [members.get(userId)?.groupNickname, people.get(userId)?.nickname]
            .filter(Boolean)
            .map((name) => ({ userId, name })),
    );
  }

  #begun() {
    return BEGUN.exec(this.#input.value.slice(0, this.#input.selectionStart))?.[1] ?? null;
  }

  #matching(word) {
    const { members, conversations, me } = this.#client;
    const mayAll = conversations.get(this.#groupId())?.role !== "member";
    const people = members.list.filter(({ userId }) => userId !== me);
    const fits = ({ nickname, groupNickname = "" }) =>
      nickname.toLowerCase().includes(word) || groupNickname.toLowerCase().includes(word);
    return [...(mayAll && people.length > 0 ? [EVERYONE] : []), ...people]
      .filter(fits)
      .slice(0, SHOWN_MAX);
  }

  #show(options) {
    this.#options = options;
    this.node.hidden = options.length === 0;
    this.node.replaceChildren(...options.map((member, at) => this.#option(member, at)));
    this.#input.setAttribute("aria-expanded", String(options.length > 0));
    if (options.length > 0) {
      this.#input.setAttribute("aria-activedescendant", `mention-${this.#at}`);
    } else {
      this.#input.removeAttribute("aria-activedescendant");
    }
  }

  #option(member, at) {
    const name = nameOf(member);
    const option = el(
      "li",
      {
        role: "option",
        id: `mention-${at}`,
        "aria-selected": String(at === this.#at),
        class: "person",
        testid: "mention-option",
      },
      faceOf(this.#client, member.userId, name),
      el("span", {}, name),
      member.hint && el("span", { class: "hint" }, member.hint),
    );
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the focus stays in the message
      this.#pick(member);
    });
    return option;
  }

  #pick(member) {
    const name = nameOf(member);
    const caret = this.#input.selectionStart;
    const from = caret - this.#begun().length;
    this.#input.setRangeText(`${name} `, from, caret, "end");
    this.chosen = [...this.chosen, { userId: member.userId, name }];
    this.#show([]);
    this.#input.dispatchEvent(new Event("input"));
  }
}

const nameOf = ({ groupNickname, nickname }) => groupNickname ?? nickname;
