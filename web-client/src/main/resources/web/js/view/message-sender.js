import { act } from "./act.js";
import { notify } from "./notices.js";

/** Hands on what was written or chosen; each says whether there was room for it. */
export class MessageSender {
  #client;
  #onsent;

  constructor(client, onsent) {
    this.#client = client;
    this.#onsent = onsent;
  }

  text(groupId, { text, mentions, replyToSeq }) {
    const message = {
      type: "text",
      content: { text },
      replyToSeq,
      mentions: mentions.length > 0 ? mentions : undefined,
    };
    return this.#taken(groupId, this.#client.outbox.add(groupId, message));
  }

  files(groupId, files, replyToSeq) {
    return this.#taken(groupId, this.#client.uploads.add(groupId, files, { replyToSeq }));
  }

  /** Writes one's own message anew; resolves with whether it is so now. */
  async edit({ groupId, seq, content }, text, mentions) {
    if (text === content.text) {
      return true;
    }
    return act(async () => {
      const wish = { groupId, seq, content: { text }, mentions };
      const reply = await this.#client.request("message.edit", wish);
      this.#client.logs.get(groupId)?.announce(reply.seq ?? 0);
    });
  }

  #taken(groupId, taken) {
    if (taken) {
      this.#client.typing.sent(groupId);
      this.#onsent();
    } else {
      notify("Too many messages are waiting to be sent.");
    }
    return taken;
  }
}
