package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Transaction;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.MessageService;
import io.hongbao.message.NumberRows;
import io.hongbao.message.TestGroup;
import io.hongbao.message.conversation.TallyMapper.RecalledRange;
import io.hongbao.message.group.StandingMapper;
import io.hongbao.message.history.MessageMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.ibatis.annotations.Select;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Counts the rows and index entries that the server reads, on a log of 100,000 entries: what is
/// asked often must not depend on the log's length.
@ExtendWith(EmbeddedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StatementCostTest {

  private static final int ENTRIES = 102_400;
  private static final int MEMBERS = 50;

  private final Database database;
  private final long owner = TestGroup.newId();
  private final TestGroup group;
  private final List<Long> members;

  /// What the server counts for a session.
  interface StatusMapper {

    @Select("SHOW SESSION STATUS LIKE 'Handler_read%'")
    List<Counter> handlerReads();

    record Counter(String variableName, String value) {}
  }

  StatementCostTest(TestServices services) {
    var mappers = new ArrayList<Class<?>>(MessageService.MAPPERS);
    mappers.add(StatusMapper.class);
    this.database =
        Database.open(services.jdbcUrl(), services.user(), services.password(), 4, mappers);
    database.migrate(MessageService.MIGRATIONS);
    this.group = new TestGroup(database, owner);
    this.members = group.joinMany(MEMBERS);
    fill();
  }

  @AfterAll
  void close() {
    database.close();
  }

  /// The owner writes every third entry; every 50th is recalled, every 20th mentions all.
  private void fill() {
    group.sql("DELETE FROM message");
    group.sql(
        "INSERT INTO message VALUES (?, 1, 1, ?, 'TEXT', 1, 1, '{\"text\":\"some words\"}', NULL,"
            + " NULL, NULL, NULL, 1700000000001, NULL, NULL)",
        group.id,
        owner);
    group.sql(
        "INSERT INTO message SELECT group_id, d.n + 1, d.n + 1, sender_id, type, 1, d.n + 1,"
            + " content, NULL, NULL, NULL, NULL, sent_at + d.n, NULL, NULL FROM message"
            + " JOIN (SELECT a.n + 10 * b.n AS n FROM "
            + TEN
            + " a JOIN "
            + TEN
            + " b) d"
            + " ON d.n > 0");
    for (int entries = 100; entries < ENTRIES; entries *= 2) {
      group.sql(
          "INSERT INTO message SELECT group_id, seq + ?, message_id + ?, sender_id, type, 1,"
              + " counted + ?, content, NULL, NULL, NULL, NULL, sent_at + ?, NULL, NULL FROM message",
          entries,
          entries,
          entries,
          entries);
    }
    group.sql(
        "UPDATE message SET sender_id = ? + seq % ? WHERE seq % 3 <> 0",
        members.getFirst(), MEMBERS);
    group.sql("INSERT INTO recalled SELECT group_id, seq, seq + 1 FROM message WHERE seq % 50 = 0");
    group.sql("INSERT INTO mention SELECT group_id, 0, seq FROM message WHERE seq % 20 = 0");
    group.sql(
        "UPDATE chat_group SET last_seq = ?, counted = ?, last_counted_seq = ?",
        ENTRIES,
        ENTRIES,
        ENTRIES);
    group.sql("ANALYZE TABLE message, recalled, mention");
  }

  private static final String TEN =
      "(SELECT 0 AS n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5"
          + " UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)";

  @Test
  void aStandingIsTwoRows() {
    assertThat(
            reads(
                transaction ->
                    transaction.mapper(StandingMapper.class).find(group.id, members.get(3))))
        .isLessThanOrEqualTo(4);
  }

  @Test
  void aPageOfHistoryIsItsEntries() {
    assertThat(reads(log -> log.mapper(MessageMapper.class).newest(group.id, 1, 50_000, 50)))
        .isLessThanOrEqualTo(52);
    assertThat(reads(log -> log.mapper(MessageMapper.class).oldest(group.id, 50_000, ENTRIES, 50)))
        .isLessThanOrEqualTo(52);
    String rows = new NumberRows().add(group.id, 7).add(group.id, 70_000).json();
    assertThat(reads(log -> log.mapper(MessageMapper.class).at(rows))).isLessThanOrEqualTo(6);
  }

  @Test
  void aHeadIsThreeRows() {
    var rows = new NumberRows();
    members.forEach(member -> rows.add(group.id, member));
    assertThat(reads(log -> log.mapper(HeadMapper.class).ofPairs(rows.json())))
        .isLessThanOrEqualTo(4 * MEMBERS);
    assertThat(reads(log -> log.mapper(HeadMapper.class).ofUser(owner))).isLessThanOrEqualTo(8);
  }

  @Test
  void theMarksOfATallyAreAFewLookups() {
    var rows = new NumberRows();
    for (int i = 0; i < MEMBERS; i++) {
      rows.add(group.id, members.get(i), 1 + i * 1_000L, ENTRIES);
    }
    rows.add(group.id, owner, 1, ENTRIES);
    assertThat(reads(log -> log.mapper(TallyMapper.class).marks(rows.json())))
        .isLessThanOrEqualTo(20 * (MEMBERS + 1));
  }

  @Test
  void recalledEntriesAreReadFromTheirFloorOn() {
    var ranges =
        List.of(new RecalledRange(group.id, ENTRIES - 500), new RecalledRange(group.id + 1, 0));
    assertThat(reads(log -> log.mapper(TallyMapper.class).recalled(ranges)))
        .isLessThanOrEqualTo(20);
  }

  @Test
  void readersAreAFewLookupsAMember() {
    assertThat(
            reads(
                log ->
                    log.mapper(ReaderMapper.class)
                        .readers(group.id, ENTRIES - 10, owner, Long.MAX_VALUE)))
        .isLessThanOrEqualTo(5 * (MEMBERS + 1));
  }

  @Test
  void readMarksAreOneRowAMark() {
    var rows = new NumberRows();
    members.forEach(member -> rows.add(group.id, member, 17));
    assertThat(reads(log -> log.mapper(StateMapper.class).moveReadMarks(rows.json())))
        .isLessThanOrEqualTo(3 * MEMBERS);
  }

  @Test
  void theVerifierReadsNoMoreThanItCounts() {
    assertThat(
            reads(
                log ->
                    log.mapper(VerifierMapper.class)
                        .count(group.id, members.getFirst(), 10, ENTRIES, Tally.CAP)))
        .isLessThanOrEqualTo(2 * Tally.CAP);
    assertThat(reads(log -> log.mapper(VerifierMapper.class).lastOwn(group.id, owner, ENTRIES)))
        .isLessThanOrEqualTo(2);
    assertThat(reads(log -> log.mapper(VerifierMapper.class).members(group.id, 0, 10)))
        .isLessThanOrEqualTo(12);
  }

  /// Rows and index entries that one statement reads through keys.
  private long reads(Consumer<Transaction> statement) {
    return database.transact(
        transaction -> {
          long before = keyReads(transaction);
          statement.accept(transaction);
          return keyReads(transaction) - before;
        });
  }

  /// Without what reads of temporary tables add: of `JSON_TABLE` and of this statement itself.
  private static long keyReads(Transaction transaction) {
    return transaction.mapper(StatusMapper.class).handlerReads().stream()
        .filter(counter -> !counter.variableName().contains("_rnd"))
        .mapToLong(counter -> Long.parseLong(counter.value()))
        .sum();
  }
}
