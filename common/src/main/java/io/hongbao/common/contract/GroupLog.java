package io.hongbao.common.contract;

import io.hongbao.common.error.Outcome;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// A group as another service needs it: who is in it, and its log to append to. Implemented by the
/// message service. What was asked of the group before, in the same process, is decided first. The
/// stages never fail: an outage is the refusal `unavailable`.
public interface GroupLog {

  /// Whether a user may write in the group now, and `companionId` (or 0) is a member of it too.
  /// Refusals: `not_found`, `not_a_member`, `group_dissolved`, `muted`, `rate_limited` (slow mode),
  /// `unavailable`.
  CompletionStage<Outcome<Writer>> writer(long groupId, long userId, long companionId);

  /// Which of these users are members, as committed. Refusals: `not_found`, `unavailable`.
  CompletionStage<Outcome<Members>> membersAmong(long groupId, Collection<Long> userIds);

  /// All members, as committed. Refusals: `not_found`, `unavailable`.
  CompletionStage<Outcome<Members>> members(long groupId);

  /// Appends an entry, durable when the stage completes. The same author and key in the same group
  /// are the same entry: asking again changes nothing and tells where it is. Refusals: those of
  /// `message.send` for a packet; `not_found` and `group_dissolved` for an announcement;
  /// `unavailable`, where it may have been appended or not.
  CompletionStage<Outcome<Appended>> append(NewEntry entry);

  /// @param companionIsMember false where no companion was asked for
  record Writer(boolean companionIsMember) {}

  /// @param dissolved the group takes no changes any more; the members are who was in it then
  record Members(boolean dissolved, Set<Long> userIds) {}

  /// @param messageId the entry's id if it is not there yet
  /// @param key up to 64 characters, apart from the keys that clients give their messages
  /// @param content the JSON object as clients get it
  record NewEntry(
      Kind kind, long groupId, long messageId, long authorId, String key, String content) {}

  enum Kind {
    /// A red packet that its sender posts: a `redpacket` entry, which counts as unread.
    PACKET,
    /// What the server says about something that `authorId` did: a `system` entry. It is written
    /// whatever the author is in the group by now.
    ANNOUNCEMENT
  }

  /// Where the entry is.
  record Appended(long messageId, long seq, long sentAt) {}
}
