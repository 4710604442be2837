package io.hongbao.message.history;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.hongbao.common.sql.Transaction;
import io.hongbao.common.wire.Json;
import io.hongbao.message.history.ReactionMapper.Count;
import io.hongbao.message.history.ReactionMapper.Own;
import io.hongbao.message.log.JsonLists;
import io.hongbao.message.log.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fills the reactions to the messages of a page in.
final class Reactions {

  private Reactions() {}

  /// @param mine true where the reader has this reaction, absent otherwise
  private record Reaction(String emoji, int count, @Nullable Boolean mine) {}

  /// A page as its reader sees it: one statement more, and another one where there are any.
  ///
  /// @param messages of one group, ascending, without holes
  static List<Message> ofStretch(Transaction transaction, long userId, List<Message> messages) {
    if (messages.isEmpty()) {
      return messages;
    }
    ReactionMapper mapper = transaction.mapper(ReactionMapper.class);
    long groupId = messages.getFirst().groupId();
    long first = messages.getFirst().seq();
    long last = messages.getLast().seq();
    List<Count> counts = mapper.counts(groupId, first, last);
    return counts.isEmpty()
        ? messages
        : fillIn(messages, counts, mapper.own(groupId, userId, first, last));
  }

  /// The same of messages that lie here and there.
  static List<Message> ofEach(Transaction transaction, long userId, List<Message> messages) {
    if (messages.isEmpty()) {
      return messages;
    }
    ReactionMapper mapper = transaction.mapper(ReactionMapper.class);
    long groupId = messages.getFirst().groupId();
    String seqs = JsonLists.ids(messages.stream().map(Message::seq).toList());
    List<Count> counts = mapper.countsOf(groupId, seqs);
    return counts.isEmpty()
        ? messages
        : fillIn(messages, counts, mapper.ownOf(groupId, userId, seqs));
  }

  private static List<Message> fillIn(List<Message> messages, List<Count> counts, List<Own> mine) {
    Set<Own> own = new HashSet<>(mine);
    Map<Long, List<Reaction>> bySeq =
        counts.stream()
            .collect(
                groupingBy(
                    Count::seq,
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
