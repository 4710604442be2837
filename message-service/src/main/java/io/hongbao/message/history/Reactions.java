package io.hongbao.message.history;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.hongbao.common.sql.Transaction;
import io.hongbao.common.wire.Json;
import io.hongbao.message.history.ReactionMapper.Own;
import io.hongbao.message.log.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fills the reactions of the messages of a page in.
final class Reactions {

  private Reactions() {}

  /// @param mine true where the reader has this reaction, absent otherwise
  private record Reaction(String emoji, int count, @Nullable Boolean mine) {}

  /// The page as its reader sees it: one statement more, and another one where there are any.
  ///
  /// @param messages of one group, ascending, without holes
  static List<Message> fillIn(Transaction transaction, long userId, List<Message> messages) {
    if (messages.isEmpty()) {
      return messages;
    }
    ReactionMapper mapper = transaction.mapper(ReactionMapper.class);
    long groupId = messages.getFirst().groupId();
    long first = messages.getFirst().seq();
    long last = messages.getLast().seq();
    var counts = mapper.counts(groupId, first, last);
    if (counts.isEmpty()) {
      return messages;
    }
    Set<Own> own = new HashSet<>(mapper.own(groupId, userId, first, last));
    Map<Long, List<Reaction>> bySeq =
        counts.stream()
            .collect(
                groupingBy(
                    ReactionMapper.Count::seq,
                    mapping(
                        count ->
                            new Reaction(
                                count.emoji(),
                                count.users(),
                                own.contains(new Own(count.seq(), count.emoji())) ? true : null),
                        toList())));
    return messages.stream()
        .map(
            message -> {
              List<Reaction> reactions = bySeq.get(message.seq());
              return reactions == null ? message : message.withReactions(Json.text(reactions));
            })
        .toList();
  }
}
