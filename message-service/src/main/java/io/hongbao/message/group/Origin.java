package io.hongbao.message.group;

/// Who asks for a change, where, and the id that the entry will have if one is written.
public record Origin(long groupId, long actorId, long messageId) {}
