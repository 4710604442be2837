package io.hongbao.message.group;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.wire.Json;
import io.hongbao.message.log.Entry;
import io.hongbao.message.log.EntryType;
import io.hongbao.message.log.Mentions;
import io.hongbao.message.log.Target;
import io.hongbao.message.log.Target.Edit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Replacing the text of one's own message, at most [#EDITS_MAX] times. What it was before stands
/// in the audit.
final class EditRules {

  static final int EDITS_MAX = 20;

  private EditRules() {}

  private record NewText(long seq, String text) {}

  private record Version(
      long seq, @JsonRawValue String content, @JsonRawValue @Nullable String mentions) {}

  /// To its sender, for as long as it holds what the edit gave it.
  static @Nullable Answer repeated(@Nullable Target target, EntryCommand.Edit edit) {
    if (target == null
        || target.senderId() != edit.origin().actorId()
        || target.recall() != null
        || !isSame(target, edit)) {
      return null;
    }
    Edit last = target.edit();
    return last == null ? null : new Answer.Edited(last.seq(), last.at());
  }

  private static boolean isSame(Target target, EntryCommand.Edit edit) {
    Mentions mentions = edit.mentions();
    return target.type() == EntryType.TEXT
        && target.content().equals(edit.content())
        && (mentions == null || mentions.equals(Mentions.parse(target.mentions())));
  }

  static Verdict edit(
      GroupState state,
      Membership actor,
      Target target,
      EntryCommand.Edit edit,
      long windowMs,
      long now) {
    if (target.type() != EntryType.TEXT) {
      return Refusals.invalid("seq", "is no text");
    }
    if (target.senderId() != actor.userId()) {
      return Refusals.refused(ErrorCode.FORBIDDEN, "only its sender replaces a text");
    }
    if (now - target.sentAt() > windowMs) {
      return Refusals.refused(ErrorCode.EDIT_TOO_LATE, "it was sent too long ago");
    }
    Mentions before = Mentions.parse(target.mentions());
    Mentions after = edit.mentions() == null ? before : edit.mentions();
    Refusal unmentionable = PostRules.unmentionable(state, actor, after.without(before));
    if (unmentionable != null) {
      return Refusals.refused(unmentionable);
    }
    if (isSame(target, edit)) {
      return new Verdict.Repeat(new Answer.Edited(null, null));
    }
    return target.edits() >= EDITS_MAX
        ? Refusals.refused(Refusals.TOO_MANY_EDITS)
        : edited(state, target, edit, before, after, now);
  }

  private static Verdict edited(
      GroupState state,
      Target target,
      EntryCommand.Edit edit,
      Mentions before,
      Mentions after,
      long now) {
    Origin origin = edit.origin();
    Entry entry =
        state
            .uncountedEntry(
                origin, EntryType.EDIT, Json.text(new NewText(edit.seq(), edit.text())), now)
            .mentioning(after);
    return new Verdict.Done(
        List.of(entry),
        List.of(
            new EntryChange.Edited(edit.seq(), entry.seq(), edit.content(), after, before, now),
            AuditRecord.of(
                origin,
                AuditAction.MESSAGE_EDITED,
                List.of(),
                new Version(edit.seq(), target.content(), target.mentions()),
                new Version(edit.seq(), edit.content(), after.json()),
                now)),
        new Answer.Edited(entry.seq(), now));
  }
}
