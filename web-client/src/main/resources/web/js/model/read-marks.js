/** Read marks of one group are sent at most this often. */
const MARK_EVERY_MS = 1_000;

/** Tells the server how far the user has read, sparingly: one mark a second and group at most. */
export class ReadMarks {
  #connection;
  #conversations;
  #groups = new Map();

  constructor(connection, conversations) {
    this.#connection = connection;
    this.#conversations = conversations;
  }

  /** The user has seen that entry. */
  seen(groupId, seq) {
    const group = this.#groups.get(groupId) ?? { wanted: 0, timer: null };
    this.#groups.set(groupId, group);
    group.wanted = Math.max(group.wanted, seq);
    if (group.timer === null && this.#isNews(groupId, group)) {
      this.#send(groupId, group);
    }
  }

  clear() {
    this.#groups.forEach(({ timer }) => clearTimeout(timer));
    this.#groups.clear();
  }

  #isNews(groupId, { wanted }) {
    return wanted > (this.#conversations.get(groupId)?.readSeq ?? Infinity);
  }

  #send(groupId, group) {
    group.timer = setTimeout(() => {
      group.timer = null;
      if (this.#isNews(groupId, group)) {
        this.#send(groupId, group);
      }
    }, MARK_EVERY_MS);
    this.#connection.request("message.read", { groupId, seq: group.wanted }).then(
      ({ readSeq, unread }) => this.#conversations.read(groupId, readSeq, unread),
      (error) => (group.wanted = error.passing ? group.wanted : 0), // the timer tries again while it is news
    );
  }
}
