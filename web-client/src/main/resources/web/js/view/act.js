import { notify } from "./notices.js";
import { explain } from "./problems.js";

/**
 * Carries something out that the person asked for, and says how it went. Resolves with whether it was
 * done.
 *
 * @param doing starts it
 * @param said what is said once it is done, or nothing
 * @param words what error codes mean here
 */
export async function act(doing, said, words) {
  try {
    await doing();
  } catch (error) {
    notify(explain(error, words));
    return false;
  }
  if (said) {
    notify(said);
  }
  return true;
}
