package io.hongbao.message.conversation;

import io.hongbao.common.wire.Cursor;
import io.hongbao.message.PageBytes;
import io.hongbao.message.conversation.ConversationRequest.ListConversations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to `conversation.list`.
///
/// @param totalUnread over all conversations that are not on do-not-disturb, shown here or not
record ConversationPage(
    List<Conversation> conversations, long totalUnread, @Nullable String nextCursor) {

  /// Pinned first, then the newest activity, then the newest group.
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::pinned)
          .thenComparingLong(Place::lastActivityAt)
          .thenComparingLong(Place::groupId)
          .reversed();

  /// The heads of the page in their order, and one more where there is one.
  static List<Head> select(List<Head> heads, ListConversations request) {
    Cursor cursor = request.cursor();
    Place after = cursor == null ? null : Place.of(cursor);
    return heads.stream()
        .filter(head -> after == null || ORDER.compare(Place.of(head), after) > 0)
        .sorted(Comparator.comparing(Place::of, ORDER))
        .limit(request.limit() + 1L)
        .toList();
  }

  /// @param selected what [#select] gave
  /// @param conversations of those
  static ConversationPage of(
      List<Head> selected, List<Conversation> conversations, long totalUnread, int limit) {
    var bytes = new PageBytes();
    var page = new ArrayList<Conversation>();
    for (Conversation conversation : conversations) {
      if (page.size() == limit || !bytes.take(bytesOf(conversation))) {
        break;
      }
      page.add(conversation);
    }
    String nextCursor =
        page.size() < conversations.size()
            ? Place.of(selected.get(page.size() - 1)).cursor().text()
            : null;
    return new ConversationPage(page, totalUnread, nextCursor);
  }

  private static int bytesOf(Conversation conversation) {
    return PageBytes.of(conversation.lastMessage())
        + PageBytes.of(conversation.group().announcement());
  }

  /// Where a conversation stands in the list.
  private record Place(boolean pinned, long lastActivityAt, long groupId) {

    static Place of(Head head) {
      return new Place(head.pinned(), head.lastActivityAt(), head.groupId());
    }

    static Place of(Cursor cursor) {
      return new Place(cursor.part(0) == 1, cursor.part(1), cursor.part(2));
    }

    Cursor cursor() {
      return new Cursor(pinned ? 1 : 0, lastActivityAt, groupId);
    }
  }
}
