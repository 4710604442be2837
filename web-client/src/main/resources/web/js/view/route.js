const GROUP = /^#\/group\/(\d+)$/u;
const JOIN = /^\/join\/([^/]+)$/u;

/** The group that the address names, or null. */
export function routedGroup() {
  return GROUP.exec(location.hash)?.[1] ?? null;
}

export const groupAddress = (groupId) => `#/group/${groupId}`;

export function goToGroup(groupId) {
  location.hash = groupAddress(groupId);
}

/** Back to the list, without an entry in the history where a group has gone. */
export function leaveGroup() {
  history.replaceState(null, "", "/");
  dispatchEvent(new HashChangeEvent("hashchange"));
}

/** The code of an invitation whose link was opened, or null. */
export function invitedBy() {
  const code = JOIN.exec(location.pathname)?.[1];
  return code ? decodeURIComponent(code) : null;
}

/** The invitation is dealt with: the address is the page's own again. */
export function forgetInvitation() {
  history.replaceState(null, "", "/");
}

export const invitationLink = (code) => `${location.origin}/join/${encodeURIComponent(code)}`;
