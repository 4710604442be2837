/** The largest time that means a mute: it ends when somebody lifts it. In every browser a valid date. */
export const FOR_GOOD_AT = Date.UTC(9999, 0);

const TO_ANYBODY = ["admin", "member"];
const TO_MEMBERS = ["member"];

/**
 * What each role may do, as the server has it: `true`, or the roles of those to whom. The server
 * decides; the page only does not offer what would be refused.
 */
const MAY = {
  dissolve: { owner: true },
  transfer: { owner: TO_ANYBODY },
  setRole: { owner: TO_ANYBODY },
  remove: { owner: TO_ANYBODY, admin: TO_MEMBERS },
  mute: { owner: TO_ANYBODY, admin: TO_MEMBERS },
  manage: { owner: true, admin: true },
  pin: { owner: true, admin: true },
  recallAny: { owner: true, admin: true },
  postAtWill: { owner: true, admin: true },
};

/** Whether a role may do that, to somebody else of the role `target` where it is done to somebody. */
export function may(role, act, target) {
  const right = MAY[act][role] ?? false;
  return Array.isArray(right) ? right.includes(target) : right;
}

/** Whether somebody of that role may invite others under the group's rules. */
export function mayInvite(role, rules) {
  return may(role, "manage") || rules?.invitePolicy !== "admins";
}
