package io.hongbao.message.history;

import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.sql.Transaction;
import io.hongbao.common.wire.Json;
import io.hongbao.message.PageBytes;
import io.hongbao.message.history.HistoryRequest.SearchMessages;
import io.hongbao.message.log.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// One search on its way through the logs, from the newest entry back.
///
/// There is no index over words: the logs are read, in blocks. Always the block of that log is next
/// whose unread end is the newest of all, so whatever was found that is newer than all the ends
/// left is next in the answer. A page is given when it is full or [#TIME_MAX] is over; what is left
/// goes on from the cursor. Each block is a turn of its own, so a search takes no connection for
/// long.
final class SearchRun {

  /// Entries read in one statement.
  static final int BLOCK = 2_000;

  /// After this long a page ends with what was found.
  static final Duration TIME_MAX = Duration.ofSeconds(2);

  private final Database database;
  private final Queries queries;
  private final SearchMessages request;
  private final String queryJson;

  /// By group, with the place of its last entry, which is the next one to be read.
  private final PriorityQueue<Trail> trails =
      new PriorityQueue<>(Comparator.comparing(Trail::end).reversed());

  private final PriorityQueue<Message> found =
      new PriorityQueue<>(Comparator.comparing((Message message) -> Place.of(message)).reversed());
  private final List<Message> page = new ArrayList<>();
  private final PageBytes bytes = new PageBytes();

  /// What is left of a log.
  private record Trail(Span span, Place end) {}

  SearchRun(Database database, Queries queries, SearchMessages request) {
    this.database = database;
    this.queries = queries;
    this.request = request;
    this.queryJson = insideJson(request.query());
  }

  /// Answers one page out of the spans.
  ///
  /// @param timeMax after this long the page ends with what was found; one block is always read
  SearchPage page(List<Span> spans, Duration timeMax) {
    long deadline = System.nanoTime() + timeMax.toNanos();
    queries.turn(() -> database.transact(transaction -> begin(transaction, spans)));
    boolean full = false;
    do {
      Trail trail = trails.poll();
      if (trail != null) {
        queries.turn(() -> database.transact(transaction -> readBlock(transaction, trail.span())));
      }
      full = moveFound();
    } while (!full && !trails.isEmpty() && System.nanoTime() - deadline < 0);
    return new SearchPage(page, nextCursor(full));
  }

  private boolean begin(Transaction transaction, List<Span> spans) {
    var places = new Places(transaction);
    List<Span> open = spans.stream().filter(span -> !span.isEmpty()).toList();
    if (request.cursor() != null) {
      open = places.before(open, Place.of(request.cursor()));
    }
    addTrails(open, places);
    return true;
  }

  private boolean readBlock(Transaction transaction, Span span) {
    long blockFirst = Math.max(span.firstSeq(), span.lastSeq() - BLOCK + 1);
    int most = request.limit() + 1;
    List<Message> matches =
        transaction
            .mapper(SearchMapper.class)
            .matches(span.groupId(), blockFirst, span.lastSeq(), request.query(), queryJson, most);
    found.addAll(matches);
    long readDownTo = matches.size() < most ? blockFirst : matches.getLast().seq();
    Span rest = span.until(readDownTo - 1);
    if (!rest.isEmpty()) {
      addTrails(List.of(rest), new Places(transaction));
    }
    return true;
  }

  private void addTrails(List<Span> spans, Places places) {
    List<Place> ends = places.ends(spans);
    for (int i = 0; i < ends.size(); i++) {
      trails.add(new Trail(spans.get(i), ends.get(i)));
    }
  }

  /// Moves what nothing newer can come before into the page; true once something is left over.
  private boolean moveFound() {
    while (!found.isEmpty() && page.size() < request.limit() && isNewest(found.element())) {
      if (!bytes.take(found.element())) {
        return true;
      }
      page.add(found.remove());
    }
    return !found.isEmpty() && page.size() == request.limit();
  }

  private boolean isNewest(Message message) {
    return trails.isEmpty() || Place.of(message).compareTo(trails.element().end()) > 0;
  }

  private static String insideJson(String text) {
    String quoted = new String(Json.bytes(text), StandardCharsets.UTF_8);
    return quoted.substring(1, quoted.length() - 1);
  }

  private @Nullable String nextCursor(boolean full) {
    if (found.isEmpty() && trails.isEmpty()) {
      return null;
    }
    if (full) {
      return Place.of(page.getLast()).cursor().text();
    }
    Place next = trails.element().end();
    return new Place(next.sentAt(), next.groupId(), next.seq() + 1).cursor().text();
  }
}
