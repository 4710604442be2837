package io.hongbao.message.log;

/// A client's own key of a message: unique for the sender in the group.
public record MessageKey(long groupId, long senderId, String clientMessageId) {}
