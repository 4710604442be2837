import { createAccount, createToken } from "../net/accounts.js";
import { randomText, usernameFor } from "../random.js";

const KEY = "hongbao.account";
const USERNAME_TRIES = 3;

/**
 * Who uses this browser: `{userId, username, password?, nickname, token, expiresAt}`, or nobody.
 *
 * A password that the page made up itself is kept, so that the person can take it along and the
 * token can be renewed; one that was typed in is not.
 */
export class Account {
  #storage;
  #current;

  constructor(storage) {
    this.#storage = storage;
    this.reload();
  }

  get current() {
    return this.#current;
  }

  /** Another tab has changed it. */
  reload() {
    this.#current = this.#storage.get(KEY);
  }

  async signUp(nickname) {
    for (let tries = 1; ; tries++) {
      const made = { username: usernameFor(nickname), password: randomText(20), nickname };
      try {
        this.#keep({ ...made, ...(await createAccount(made)) });
        return;
      } catch (error) {
        if (error.code !== "username_taken" || tries === USERNAME_TRIES) {
          throw error;
        }
      }
    }
  }

  async logIn(username, password) {
    const token = await createToken({ username, password });
    this.#keep({ username, nickname: username, ...token });
  }

  /** A new token for the same account; false where that takes the person's password. */
  async renew() {
    const { username, password } = this.current ?? {};
    if (!password) {
      return false;
    }
    try {
      this.#keep({ ...this.current, ...(await createToken({ username, password })) });
      return true;
    } catch (error) {
      if (error.code === "bad_credentials") {
        return false;
      }
      throw error;
    }
  }

  /** Takes over what the server says of this user. */
  update({ username, nickname }) {
    if (this.current?.username === username) {
      this.#keep({ ...this.current, nickname });
    }
  }

  forget() {
    this.#current = null;
    this.#storage.remove(KEY);
  }

  #keep(account) {
    this.#current = account;
    this.#storage.set(KEY, account);
  }
}

/** Whether a `storage` event of another tab is about the account. */
export function concernsAccount(event) {
  return event.key === KEY || event.key === null;
}
