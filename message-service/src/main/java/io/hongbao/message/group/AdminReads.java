package io.hongbao.message.group;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.sql.Transaction;
import io.hongbao.common.wire.Cursor;
import io.hongbao.message.PageBytes;
import io.hongbao.message.account.User;
import io.hongbao.message.account.Users;
import io.hongbao.message.group.AdminMapper.AuditRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The lists for owner and admins: who waits to be let in, who is kept out, and who did what.
final class AdminReads {

  private AdminReads() {}

  private record RequestPage(List<Waiting> requests, @Nullable String nextCursor) {}

  private record Waiting(
      long requestId,
      User user,
      @Nullable Long inviterId,
      @Nullable String message,
      long createdAt) {}

  private record BanPage(List<User> users, @Nullable String nextCursor) {}

  private record AuditPage(List<Line> records, @Nullable String nextCursor) {}

  private record Line(
      long auditId,
      long actorId,
      AuditAction action,
      @JsonRawValue String targetIds,
      @JsonRawValue @Nullable String before,
      @JsonRawValue @Nullable String after,
      long at) {

    static Line of(AuditRow row) {
      return new Line(
          row.auditId(),
          row.actorId(),
          row.action(),
          row.targetIds(),
          row.beforeAct(),
          row.afterAct(),
          row.at());
    }
  }

  static Reply requests(Transaction tx, AdminRequest.Requests asked, Standing standing) {
    if (!standing.may(Act.DECIDE)) {
      return forbidden();
    }
    AdminMapper admin = tx.mapper(AdminMapper.class);
    List<JoinRequest> oneMore =
        admin.requestPage(asked.groupId(), after(asked.cursor()), asked.limit() + 1);
    List<JoinRequest> page = oneMore.subList(0, Math.min(asked.limit(), oneMore.size()));
    Map<Long, User> users = users(tx, page.stream().map(JoinRequest::userId).toList());
    return Reply.of(
        new RequestPage(
            page.stream()
                .map(
                    request ->
                        new Waiting(
                            request.requestId(),
                            Objects.requireNonNull(users.get(request.userId()), "is a user"),
                            request.inviterId(),
                            request.message(),
                            request.createdAt()))
                .toList(),
            oneMore.size() > page.size() ? cursor(page.getLast().requestId()) : null));
  }

  static Reply bans(Transaction tx, AdminRequest.Bans asked, Standing standing) {
    if (!standing.may(Act.BAN)) {
      return forbidden();
    }
    AdminMapper admin = tx.mapper(AdminMapper.class);
    List<Long> oneMore = admin.banPage(asked.groupId(), after(asked.cursor()), asked.limit() + 1);
    List<Long> page = oneMore.subList(0, Math.min(asked.limit(), oneMore.size()));
    return Reply.of(
        new BanPage(
            Users.of(tx, page), oneMore.size() > page.size() ? cursor(page.getLast()) : null));
  }

  static Reply audit(Transaction tx, AdminRequest.Audit asked, Standing standing) {
    if (!standing.may(Act.AUDIT)) {
      return forbidden();
    }
    Cursor cursor = asked.cursor();
    List<AuditRow> rows =
        tx.mapper(AdminMapper.class)
            .auditPage(
                asked.groupId(),
                cursor == null ? Long.MAX_VALUE : cursor.part(0),
                asked.limit() + 1);
    var page = new ArrayList<Line>();
    var bytes = new PageBytes();
    for (AuditRow row : rows) {
      int size = PageBytes.of(row.beforeAct()) + PageBytes.of(row.afterAct());
      if (page.size() == asked.limit() || !bytes.take(size + row.targetIds().length())) {
        return Reply.of(new AuditPage(page, cursor(page.getLast().auditId())));
      }
      page.add(Line.of(row));
    }
    return Reply.of(new AuditPage(page, null));
  }

  private static Reply forbidden() {
    return Reply.refused(ErrorCode.FORBIDDEN, "only owner and admins see this");
  }

  private static long after(@Nullable Cursor cursor) {
    return cursor == null ? 0 : cursor.part(0);
  }

  private static String cursor(long id) {
    return new Cursor(id).text();
  }

  private static Map<Long, User> users(Transaction tx, List<Long> userIds) {
    return Users.of(tx, userIds).stream().collect(Collectors.toMap(User::userId, user -> user));
  }
}
