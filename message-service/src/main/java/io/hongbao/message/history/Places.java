package io.hongbao.message.history;

import io.hongbao.common.sql.Transaction;
import io.hongbao.message.NumberRows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// Finds in many logs at once the entry from which a search goes back.
///
/// Times never fall along a log, so the last entry before a place is found by halving: one
/// statement a step for up to [NumberRows#MAX] logs, and as many steps as the longest log's length
/// has bits.
final class Places {

  private final SearchMapper mapper;

  Places(Transaction transaction) {
    this.mapper = transaction.mapper(SearchMapper.class);
  }

  /// The spans cut off before `place`, without those of which nothing is left.
  List<Span> before(List<Span> spans, Place place) {
    var found = new ArrayList<Span>();
    var open = new ArrayList<Halving>();
    for (Span span : spans) {
      if (span.groupId() == place.groupId()) {
        found.add(span.until(place.seq() - 1));
      } else {
        open.add(new Halving(span, span.firstSeq() - 1, span.lastSeq()));
      }
    }
    while (!open.isEmpty()) {
      open.removeIf(halving -> halving.isDone() && found.add(halving.span()));
      List<Place> middles = of(open, Halving::groupId, Halving::middle);
      for (int i = 0; i < middles.size(); i++) {
        open.set(i, open.get(i).narrowed(middles.get(i), place));
      }
    }
    found.removeIf(Span::isEmpty);
    return found;
  }

  /// The places of the spans' last entries, in the spans' order.
  List<Place> ends(List<Span> spans) {
    return of(spans, Span::groupId, Span::lastSeq);
  }

  private <T> List<Place> of(List<T> parts, ToLongFunction<T> groupId, ToLongFunction<T> seq) {
    var places = new ArrayList<Place>(parts.size());
    for (int from = 0; from < parts.size(); from += NumberRows.MAX) {
      var rows = new NumberRows();
      for (T part : parts.subList(from, Math.min(parts.size(), from + NumberRows.MAX))) {
        rows.add(groupId.applyAsLong(part), seq.applyAsLong(part));
      }
      places.addAll(mapper.places(rows.json()));
    }
    if (places.size() != parts.size()) {
      throw new IllegalStateException("a log has a hole");
    }
    return places;
  }

  /// The last entry looked for is `low` or behind it, and not behind `high`.
  private record Halving(Span whole, long low, long high) {

    long groupId() {
      return whole.groupId();
    }

    boolean isDone() {
      return low >= high;
    }

    long middle() {
      return low + (high - low + 1) / 2;
    }

    Span span() {
      return whole.until(low);
    }

    Halving narrowed(Place middle, Place before) {
      return middle.compareTo(before) < 0
          ? new Halving(whole, middle(), high)
          : new Halving(whole, low, middle() - 1);
    }
  }
}
