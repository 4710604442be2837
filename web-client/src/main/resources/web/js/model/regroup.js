/**
 * What a system entry makes of a group and of the user's role in it, as `{group, role}`, or null where
 * only the server can tell.
 *
 * @param me the user's id
 */
export function regrouped({ group, role }, { content }, me) {
  const change = CHANGES[content.kind];
  const same = { group, role };
  return change ? change(same, content, me) : same;
}

const CHANGES = {
  members_joined: (was, { targetIds = [] }) => resized(was, targetIds.length),
  members_removed: (was, { targetIds = [] }) => resized(was, -targetIds.length),
  member_left: (was) => resized(was, -1),

  role_changed: (was, { targetIds, role }, me) =>
    targetIds && role ? { ...was, role: targetIds.includes(me) ? role : was.role } : null,

  owner_changed: ({ group, role }, { actorId, targetIds }, me) =>
    targetIds?.length === 1
      ? {
          group: { ...group, ownerId: targetIds[0] },
          role: targetIds[0] === me ? "owner" : actorId === me ? "admin" : role,
        }
      : null,

  group_updated: ({ group, role }, { name, announcement, avatarMediaId, rules }) =>
    avatarMediaId === undefined && [name, announcement, rules].some((each) => each !== undefined)
      ? {
          group: {
            ...group,
            name: name ?? group.name,
            announcement: announcement ?? group.announcement,
            rules: { ...group.rules, ...rules },
          },
          role,
        }
      : null,
};

function resized({ group, role }, by) {
  return { group: { ...group, memberCount: group.memberCount + by }, role };
}
