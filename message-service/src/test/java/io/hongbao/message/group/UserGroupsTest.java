package io.hongbao.message.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Memberships.Membership;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
class UserGroupsTest {

  private final Database database;
  private final Queries queries = new Queries(2);
  private final UserGroups groups;

  UserGroupsTest(TestServices services) {
    database =
        Database.open(
            services.jdbcUrl(), services.user(), services.password(), 2, UserGroups.MAPPERS);
    database.migrate("db/message");
    groups = new UserGroups(database, queries);
  }

  @AfterEach
  void close() {
    queries.close();
    database.close();
  }

  @Test
  void areTheLivingGroupsOfTheUserWithTheirLastEntry() throws SQLException {
    group(1, 17, "NULL");
    group(2, 5, "NULL");
    group(3, 9, "1800000000000");
    group(4, 2, "NULL");
    member(1, 100);
    member(2, 100);
    member(3, 100);
    member(4, 200);

    assertThat(groupsOf(100))
        .containsExactlyInAnyOrder(new Membership(1, 17), new Membership(2, 5));
    assertThat(groupsOf(200)).containsExactly(new Membership(4, 2));
    assertThat(groupsOf(300)).isEmpty();
  }

  @Test
  void failWhereTheyCannotBeRead() throws SQLException {
    execute("RENAME TABLE group_member TO away");
    try {
      assertThat(groups.groupsOf(100)).failsWithin(Duration.ofSeconds(10));
    } finally {
      execute("RENAME TABLE away TO group_member");
    }
  }

  private List<Membership> groupsOf(long userId) {
    return groups.groupsOf(userId).toCompletableFuture().join();
  }

  private void group(long groupId, long lastSeq, String dissolvedAt) throws SQLException {
    execute(
        """
        INSERT INTO chat_group (group_id, name, announcement, owner_id, member_count, max_members,
          join_policy, invite_policy, post_policy, history_policy, version, last_seq, counted,
          last_counted_seq, last_message_seq, last_activity_at, created_at, dissolved_at)
        VALUES (%d, 'G', '', 100, 1, 500, 'INVITE_ONLY', 'EVERYONE', 'EVERYONE', 'ALL',
          1, %d, 0, 0, 0, 0, 0, %s)
        """
            .formatted(groupId, lastSeq, dissolvedAt));
  }

  private void member(long groupId, long userId) throws SQLException {
    execute(
        "INSERT INTO group_member VALUES (%d, %d, 'MEMBER', 1, 0, 0, NULL)"
            .formatted(groupId, userId));
  }

  private void execute(String sql) throws SQLException {
    try (var connection = database.pool().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
      connection.commit();
    }
  }
}
