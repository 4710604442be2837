import { notify } from "./notices.js";

/**
 * Pays, and tells how it goes as long as somebody looks.
 *
 * @param ondone gets the reply
 * @param onfailed gets a RequestError; nothing was paid
 * @returns the function that leaves the payment to itself
 */
export function pay({ payments }, op, data, { ondone, onfailed }) {
  const key = payments.pay(op, data);
  const unlisten = [
    payments.on("done", ({ item, reply }) => item.key === key && (end(), ondone(reply))),
    payments.on("failed", ({ item, error }) => item.key === key && (end(), onfailed(error))),
  ];
  const end = () => unlisten.forEach((off) => off());
  return () => {
    end();
    notify(
      payments.leave(key)
        ? "The server has not answered yet. You will be told how it ended."
        : "There was no connection: nothing was paid.",
    );
  };
}
