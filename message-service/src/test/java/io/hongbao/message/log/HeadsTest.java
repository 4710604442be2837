package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.sql.Database;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import io.hongbao.message.group.GroupMapper;
import io.hongbao.message.group.GroupRow;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ibatis.exceptions.PersistenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Batches of two services over the same groups wait for each other instead of making deadlocks:
/// each locks the groups in the order of their ids.
@ExtendWith(EmbeddedServices.class)
final class HeadsTest {

  @Test
  void headsAreLockedInTheirOrder(TestServices services) throws Exception {
    try (TestService service = TestService.start(services)) {
      Database database = service.database();
      List<Long> owner = service.users(1);
      List<Long> groups = Stream.generate(() -> service.group(owner)).limit(4).sorted().toList();
      var held = new CountDownLatch(1);
      var end = new CountDownLatch(1);
      CompletableFuture<Boolean> holder = holdLast(database, groups, held, end);
      held.await();
      CompletableFuture<Boolean> mover = move(database, groups);

      await().untilAsserted(() -> assertLocked(database, groups.get(2)));
      assertLocked(database, groups.get(1));
      assertLocked(database, groups.get(0));
      assertThat(mover).isNotDone();

      end.countDown();
      assertThat(holder.join() && mover.join()).isTrue();
    }
  }

  private static CompletableFuture<Boolean> holdLast(
      Database database, List<Long> groups, CountDownLatch held, CountDownLatch end) {
    return CompletableFuture.supplyAsync(
        () ->
            database.transact(
                tx -> {
                  var _ = tx.mapper(GroupMapper.class).lockGroup(groups.getLast());
                  held.countDown();
                  await().until(() -> end.getCount() == 0);
                  return true;
                }),
        Thread::startVirtualThread);
  }

  private static CompletableFuture<Boolean> move(Database database, List<Long> groups) {
    return CompletableFuture.supplyAsync(
        () ->
            database.transact(
                tx -> {
                  GroupMapper mapper = tx.mapper(GroupMapper.class);
                  mapper.moveHeads(
                      groups.stream()
                          .map(mapper::group)
                          .map(HeadsTest::nextHead)
                          .collect(Collectors.joining(",", "[", "]")));
                  return true;
                }),
        Thread::startVirtualThread);
  }

  private static String nextHead(GroupRow row) {
    return row.head().replaceFirst("," + row.version() + ",", "," + (row.version() + 1) + ",");
  }

  private static void assertLocked(Database database, long groupId) {
    assertThatThrownBy(() -> database.transact(tx -> tx.mapper(LogMapper.class).settled(groupId)))
        .isInstanceOf(PersistenceException.class);
  }
}
