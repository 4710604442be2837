package io.hongbao.message.log;

import com.fasterxml.jackson.annotation.JsonRawValue;
import org.jspecify.annotations.Nullable;

/// One entry of a group's log: the `Message` of the protocol, and a row of `message` as it is read.
///
/// @param content JSON, kept as it is sent out; `{}` once recalled
/// @param mentions a JSON list of user ids or `"all"`, kept as it is sent out
public record Message(
    long messageId,
    long groupId,
    long seq,
    long senderId,
    EntryType type,
    @JsonRawValue String content,
    long sentAt,
    @Nullable String clientMessageId,
    @Nullable Long replyToSeq,
    @JsonRawValue @Nullable String mentions,
    @Nullable Long recalledAt) {}
