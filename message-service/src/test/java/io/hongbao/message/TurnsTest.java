package io.hongbao.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class TurnsTest {

  private final Turns<String> turns = new Turns<>();
  private final List<String> started = new ArrayList<>();

  @Test
  void theNextStartsWhenTheEarlierOnesAreDone() {
    var first = new CompletableFuture<String>();
    var beside = new CompletableFuture<String>();
    var _ = turns.next("key", () -> start("first", first));
    var _ = turns.beside("key", () -> start("beside", beside));
    var second = turns.next("key", () -> start("second", CompletableFuture.completedFuture("2")));
    assertThat(started).containsExactly("first", "beside");
    first.complete("1");
    assertThat(started).containsExactly("first", "beside");
    beside.complete("b");
    assertThat(started).containsExactly("first", "beside", "second");
    assertThat(second.toCompletableFuture().join()).isEqualTo("2");
  }

  @Test
  void otherKeysDoNotWait() {
    var _ = turns.next("one", () -> start("one", new CompletableFuture<>()));
    var _ = turns.next("two", () -> start("two", new CompletableFuture<>()));
    assertThat(started).containsExactly("one", "two");
  }

  @Test
  void aFailureLetsTheNextOneStart() {
    var first = new CompletableFuture<String>();
    var failed = turns.next("key", () -> start("first", first));
    var _ = turns.next("key", () -> start("second", new CompletableFuture<>()));
    first.completeExceptionally(new IllegalStateException("wanted"));
    assertThat(started).containsExactly("first", "second");
    assertThat(failed.toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void settledIsWhenAllIsDone() {
    assertThat(turns.settled("key").toCompletableFuture()).isDone();
    var first = new CompletableFuture<String>();
    var second = new CompletableFuture<String>();
    var _ = turns.beside("key", () -> start("first", first));
    var _ = turns.beside("key", () -> start("second", second));
    var settled = turns.settled("key").toCompletableFuture();
    second.complete("");
    assertThat(settled).isNotDone();
    first.complete("");
    assertThat(settled).isDone();
  }

  private CompletableFuture<String> start(String name, CompletableFuture<String> work) {
    started.add(name);
    return work;
  }
}
