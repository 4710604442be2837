import { el } from "./dom.js";

let made = 0;

/**
 * A labelled control that tells beside it what is wrong with what it holds.
 *
 * @param control an input or a select
 * @param unit what stands at its end
 * @returns `{node, control, say}`; `say` takes the problem, or nothing
 */
export function checkedField(label, control, { unit } = {}) {
  const problem = el("span", {
    class: "problem",
    id: `problem-${++made}`,
    "aria-live": "polite",
    testid: "field-problem",
  });
  control.setAttribute("aria-describedby", problem.id);
  const node = el(
    "label",
    { class: "field" },
    el("span", { class: "field-label" }, label),
    unit
      ? el("span", { class: "with-unit" }, control, el("span", { class: "unit" }, unit))
      : control,
    problem,
  );
  const say = (words = "") => {
    problem.textContent = words;
    control.setAttribute("aria-invalid", String(words !== ""));
  };
  return { node, control, say };
}
