package io.hongbao.message.conversation;

import io.hongbao.message.conversation.TallyMapper.RecalledRange;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.ibatis.annotations.Param;

/// The one statement whose text depends on its rows: a join with `JSON_TABLE` would read all that
/// was ever recalled in each group, since no server looks up a range by a column of another table.
public final class RecalledSql {

  /// Ranges of one statement.
  static final int RANGES_MAX = 200;

  private RecalledSql() {}

  /// Called by MyBatis, which wants it public.
  public static String recalled(@Param("ranges") List<RecalledRange> ranges) {
    return IntStream.range(0, ranges.size())
        .mapToObj(
            "(group_id = #{ranges[%1$d].groupId} AND seq > #{ranges[%1$d].afterSeq})"::formatted)
        .collect(
            Collectors.joining(
                " OR ", "SELECT group_id, seq, recall_seq FROM recalled WHERE ", ""));
  }
}
