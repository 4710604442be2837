package io.hongbao.message.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class UserOrderTest {

  private static final Reply REPLY = Reply.of(Map.of());

  private final UserOrder order = new UserOrder();

  @Test
  void eachStartsOnceTheOneBeforeIsAnswered() {
    var started = new ArrayList<Integer>();
    var works = new ArrayList<CompletableFuture<Reply>>();
    var answers = new ArrayList<CompletionStage<Reply>>();
    for (int i = 0; i < 3; i++) {
      int number = i;
      var work = new CompletableFuture<Reply>();
      works.add(work);
      answers.add(
          order.next(
              1,
              () -> {
                started.add(number);
                return work;
              }));
    }
    assertThat(started).containsExactly(0);
    works.get(1).complete(REPLY);
    assertThat(started).containsExactly(0);
    works.get(0).complete(REPLY);
    assertThat(started).containsExactly(0, 1, 2);
    assertThat(answers.get(1)).isCompletedWithValue(REPLY);
    assertThat(answers.get(2).toCompletableFuture()).isNotDone();
    works.get(2).complete(REPLY);
    assertThat(answers.get(2)).isCompletedWithValue(REPLY);
    assertThat(order.size()).isZero();
  }

  @Test
  void usersDoNotWaitForEachOther() {
    order.next(1, CompletableFuture::new).toCompletableFuture().isDone();
    assertThat(order.next(2, () -> CompletableFuture.completedFuture(REPLY)))
        .isCompletedWithValue(REPLY);
    assertThat(order.size()).isEqualTo(1);
  }

  @Test
  void refusesMoreThanItHolds() {
    var first = new CompletableFuture<Reply>();
    List<CompletionStage<Reply>> answers = new ArrayList<>();
    answers.add(order.next(1, () -> first));
    for (int i = 1; i < UserOrder.WAITING_MAX; i++) {
      answers.add(order.next(1, () -> CompletableFuture.completedFuture(REPLY)));
    }
    Reply refused =
        order.next(1, () -> CompletableFuture.completedFuture(REPLY)).toCompletableFuture().join();
    assertThat(FaceService.refusal(refused).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(FaceService.refusal(refused).retryAfterMs()).isPositive();

    first.complete(REPLY);
    assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompletedWithValue(REPLY));
    assertThat(order.next(1, () -> CompletableFuture.completedFuture(REPLY)))
        .isCompletedWithValue(REPLY);
    assertThat(order.size()).isZero();
  }

  @Test
  void goesOnAfterWorkThatFailed() {
    Reply failed =
        order
            .next(
                1,
                () -> {
                  throw new IllegalStateException("closed");
                })
            .toCompletableFuture()
            .join();
    assertThat(FaceService.refusal(failed).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(order.next(1, () -> CompletableFuture.completedFuture(REPLY)))
        .isCompletedWithValue(REPLY);
  }
}
