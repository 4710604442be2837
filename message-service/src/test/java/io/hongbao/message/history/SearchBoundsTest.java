package io.hongbao.message.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.wire.Cursor;
import io.hongbao.common.wire.Fields;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.ReadSide;
import io.hongbao.message.TestGroup;
import io.hongbao.message.history.HistoryRequest.SearchMessages;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SearchBoundsTest {

  /// As many as the queries run at once.
  private static final int CONNECTIONS = 8;

  private final ReadSide side;
  private final long user = TestGroup.newId();

  SearchBoundsTest(TestServices services) {
    this.side = ReadSide.open(services);
  }

  @AfterAll
  void close() {
    side.close();
  }

  @Test
  void aPageThatRanOutOfTimeGoesOnFromItsCursor() {
    var spans = new ArrayList<Span>();
    for (int i = 0; i < 3; i++) {
      TestGroup group = side.group(user);
      group.text(user, "needle old");
      group.texts(user, SearchRun.BLOCK + 10);
      group.text(user, "needle new");
      spans.add(new Span(group.id, 1, group.lastSeq()));
    }
    var sentAt = new ArrayList<Long>();
    int pages = 0;
    String cursor = null;
    do {
      SearchPage page = run(cursor).page(spans, Duration.ZERO);
      page.messages().forEach(message -> sentAt.add(message.sentAt()));
      cursor = page.nextCursor();
      pages++;
    } while (cursor != null);
    assertThat(pages).isBetween(6, 7);
    assertThat(sentAt).hasSize(6).isSortedAccordingTo((a, b) -> Long.compare(b, a));
  }

  @Test
  void tooManyAtOnceAreRefused() {
    TestGroup group = side.group(user);
    group.text(user, "needle");
    var release = new CountDownLatch(1);
    var held = new CountDownLatch(CONNECTIONS);
    for (int i = 0; i < CONNECTIONS; i++) {
      side.queries.run("hold", () -> hold(held, release));
    }
    await(held);
    var replies = new ArrayList<CompletableFuture<Reply>>();
    for (int i = 0; i < Search.RUNNING_MAX + Search.WAITING_MAX + 10; i++) {
      replies.add(
          side.start(user, "message.search", "{\"query\":\"needle\"}").toCompletableFuture());
    }
    List<CompletableFuture<Reply>> refused =
        replies.stream().filter(CompletableFuture::isDone).toList();
    assertThat(refused).hasSize(10);
    assertThat(refused.getFirst().join())
        .isInstanceOfSatisfying(
            Reply.Failure.class,
            failure -> {
              assertThat(failure.refusal().code()).isEqualTo(ErrorCode.UNAVAILABLE);
              assertThat(failure.refusal().retryAfterMs()).isPositive();
            });
    release.countDown();
    assertThat(
            replies.stream().map(CompletableFuture::join).filter(Reply.Success.class::isInstance))
        .hasSize(Search.RUNNING_MAX + Search.WAITING_MAX);
  }

  @Test
  void whoWaitsTooLongIsRefused() {
    var release = new CountDownLatch(1);
    var held = new CountDownLatch(CONNECTIONS);
    for (int i = 0; i < CONNECTIONS; i++) {
      side.queries.run("hold", () -> hold(held, release));
    }
    await(held);
    var replies = new ArrayList<CompletableFuture<Reply>>();
    for (int i = 0; i <= Search.RUNNING_MAX; i++) {
      replies.add(
          side.start(user, "message.search", "{\"query\":\"needle\"}").toCompletableFuture());
    }
    Object first = CompletableFuture.anyOf(replies.toArray(CompletableFuture[]::new)).join();
    assertThat(first)
        .isInstanceOfSatisfying(
            Reply.Failure.class,
            failure -> assertThat(failure.refusal().code()).isEqualTo(ErrorCode.UNAVAILABLE));
    release.countDown();
    assertThat(
            replies.stream().map(CompletableFuture::join).filter(Reply.Success.class::isInstance))
        .hasSize(Search.RUNNING_MAX);
  }

  private SearchRun run(@Nullable String cursor) {
    String data = cursor == null ? "{}" : "{\"cursor\":\"" + cursor + "\"}";
    Cursor parsed = Cursor.of(Fields.of(data.getBytes(StandardCharsets.UTF_8)), 3);
    return new SearchRun(
        side.database, side.queries, new SearchMessages(null, "needle", parsed, 50));
  }

  private static void hold(CountDownLatch held, CountDownLatch release) {
    held.countDown();
    await(release);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
