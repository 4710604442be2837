package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.contract.Reply;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.PrivateDatabase;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
final class OutageTest {

  @Test
  void nothingIsAcknowledgedThatIsNotThereAfterwards(TestServices services) {
    PrivateDatabase server = services.privateDatabase();
    try (TestService service =
        TestService.start(server.jdbcUrl(), server.user(), server.password())) {
      List<Long> users = service.users(1);
      long owner = users.getFirst();
      long group = service.group(users);
      var replies = new ArrayList<CompletableFuture<Reply>>();
      for (int i = 0; i < 500; i++) {
        replies.add(service.send(owner, group, "before" + i, "text"));
      }
      replies.getFirst().join();
      server.stop();
      for (int i = 0; i < 500; i++) {
        replies.add(service.send(owner, group, "during" + i, "text"));
      }
      var acknowledged = new ArrayList<Long>();
      for (CompletableFuture<Reply> reply : replies) {
        switch (reply.join()) {
          case Reply.Success success ->
              acknowledged.add(TestService.data(success).get("seq").longValue());
          case Reply.Failure failure -> {
            assertThat(failure.refusal().code().wireName()).isEqualTo("unavailable");
            assertThat(failure.refusal().retryAfterMs()).isPositive();
          }
        }
      }
      assertThat(acknowledged).isNotEmpty().doesNotHaveDuplicates().hasSizeLessThan(1_000);

      server.restart();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> service.send(owner, group, "after", "text").join() instanceof Reply.Success);
      List<Long> stored =
          service
              .query("SELECT seq FROM message WHERE group_id = %d ORDER BY seq".formatted(group))
              .stream()
              .map(Long::valueOf)
              .toList();
      assertThat(stored).containsAll(acknowledged);
      assertThat(stored.getLast()).isEqualTo(stored.size());

      for (int i = 0; i < 500; i++) {
        TestService.data(service.send(owner, group, "before" + i, "text").join());
        TestService.data(service.send(owner, group, "during" + i, "text").join());
      }
      assertThat(
              service.query(
                  "SELECT COUNT(*) FROM message WHERE type = 'TEXT' AND group_id = " + group))
          .containsExactly("1001");
      await()
          .until(
              () ->
                  service.published().tails(group).stream()
                      .anyMatch(tail -> tail.lastSeq() == 1_002));
    }
  }
}
