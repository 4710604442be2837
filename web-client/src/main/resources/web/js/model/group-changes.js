/**
 * What a form of a group's settings changes, as group.update wants it; empty where nothing.
 *
 * @param values of the form, all texts
 */
export function changesOf(values, { name, announcement, rules }) {
  const was = { slowModeMs: 0, joinQuestion: "", ...rules };
  const wished = {
    joinPolicy: values.joinPolicy,
    invitePolicy: values.invitePolicy,
    postPolicy: values.postPolicy,
    historyPolicy: values.historyPolicy,
    slowModeMs: Number(values.slowModeMs),
    joinQuestion: values.joinQuestion.trim(),
  };
  const changed = Object.entries(wished).filter(([rule, value]) => value !== was[rule]);
  return {
    ...(values.name.trim() !== name && { name: values.name.trim() }),
    ...(values.announcement.trim() !== announcement && {
      announcement: values.announcement.trim(),
    }),
    ...(changed.length > 0 && { rules: Object.fromEntries(changed) }),
  };
}
