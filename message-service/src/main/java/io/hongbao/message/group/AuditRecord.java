package io.hongbao.message.group;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.hongbao.common.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of a group's audit: who did what to whom, when.
///
/// @param auditId the id of the entry by which it was done, where there is one
/// @param before what was so, of what has changed: JSON kept as it is sent out
/// @param after what is so from then on, likewise
public record AuditRecord(
    long auditId,
    long actorId,
    AuditAction action,
    List<Long> targetIds,
    @JsonRawValue @Nullable String before,
    @JsonRawValue @Nullable String after,
    long at) {

  static Change of(Origin origin, AuditAction action, List<Long> targetIds, long now) {
    return of(origin, action, targetIds, null, null, now);
  }

  /// @param before a record of what has changed, or null
  /// @param after likewise
  static Change of(
      Origin origin,
      AuditAction action,
      List<Long> targetIds,
      @Nullable Record before,
      @Nullable Record after,
      long now) {
    return new AdminChange.Audited(
        new AuditRecord(
            origin.messageId(),
            origin.actorId(),
            action,
            targetIds,
            json(before),
            json(after),
            now));
  }

  /// Where it was done to one user alone: that user, else 0.
  public long targetId() {
    return targetIds.size() == 1 ? targetIds.getFirst() : 0;
  }

  private static @Nullable String json(@Nullable Record details) {
    return details == null ? null : Json.text(details);
  }
}
