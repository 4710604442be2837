package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.config.Settings;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Delivery.LogRun;
import io.hongbao.common.contract.MembershipChange;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.id.Ids;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.MessageConfig;
import io.hongbao.message.MessageService;
import io.hongbao.message.RecordingPush;
import io.hongbao.message.TestClock;
import io.hongbao.message.TestService;
import io.hongbao.message.media.UploadedMedia;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// What is told of commits that took place and were not known to, or not told: people come and go
/// by them all the same.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class UncertainCommitTest {

  private final RecordingPush push = new RecordingPush();
  private final AtomicBoolean pushFails = new AtomicBoolean();
  private final TestService aside;
  private final CommitCutter cutter;
  private final Database database;
  private final Redis redis;
  private final MessageService service;
  private long owner;
  private long member;
  private long stranger;
  private long group;

  UncertainCommitTest(TestServices services) {
    this.aside = TestService.start(services);
    this.cutter = new CommitCutter(services.jdbcUrl());
    this.database =
        Database.open(
            cutter.jdbcUrl(), services.user(), services.password(), 8, MessageService.MAPPERS);
    this.redis = Redis.open(services.redisUrl());
    this.service =
        MessageService.start(
            MessageConfig.of(Settings.of(Map.of("auth.token-secret", "s".repeat(32)))),
            database,
            redis,
            this::publish,
            new UploadedMedia(),
            new Ids(1_002),
            new TestClock(),
            new SimpleMeterRegistry());
  }

  @BeforeEach
  void makeGroup() {
    List<Long> users = aside.users(3);
    owner = users.get(0);
    member = users.get(1);
    stranger = users.get(2);
    group = aside.group(List.of(owner, member));
  }

  @AfterAll
  void close() throws IOException {
    service.close();
    redis.close();
    database.close();
    cutter.close();
    aside.close();
  }

  @Test
  void whoWasRemovedIsOut() {
    cutter.cut("members_removed");
    assertThat(TestService.code(ask("group.remove", userIds(member)))).isEqualTo("unavailable");
    assertThat(cutter.hasCut()).isTrue();

    await().until(() -> !runs().isEmpty());
    assertThat(runs())
        .singleElement()
        .satisfies(run -> assertTellsOnly(run, 3, new MembershipChange(member, 3, false)));
    await().untilAsserted(() -> assertThat(isToldGone(member)).isTrue());
  }

  @Test
  void whoWasInvitedIsIn() {
    cutter.cut("members_joined");
    assertThat(TestService.code(ask("group.invite", userIds(stranger)))).isEqualTo("unavailable");
    assertThat(cutter.hasCut()).isTrue();

    await().until(() -> !runs().isEmpty());
    assertThat(runs())
        .singleElement()
        .satisfies(run -> assertTellsOnly(run, 3, new MembershipChange(stranger, 3, true)));
    await()
        .untilAsserted(
            () ->
                assertThat(push.eventsTo(stranger))
                    .extracting(event -> event.at("/data/conversation/group/groupId").asLong())
                    .containsExactly(group));
  }

  @Test
  void whoWasRemovedIsOutBeforeWhatComesNext() {
    cutter.cut("members_removed");
    assertThat(TestService.code(ask("group.remove", userIds(member)))).isEqualTo("unavailable");
    repeat("message.send", TestService.sendJson(group, "k", "among us"));

    assertThat(runs()).hasSize(2);
    assertTellsOnly(runs().getFirst(), 3, new MembershipChange(member, 3, false));
    assertThat(runs().getLast().firstSeq()).isEqualTo(4);
  }

  @Test
  void whoComesBackMissesWhatCameMeanwhile() {
    cutter.cut("members_removed");
    assertThat(TestService.code(ask("group.remove", userIds(member)))).isEqualTo("unavailable");
    repeat("group.invite", userIds(member));

    assertThat(runs())
        .extracting(LogRun::changes)
        .containsExactly(
            List.of(new MembershipChange(member, 3, false)),
            List.of(new MembershipChange(member, 4, true)));
  }

  @Test
  void everybodyLosesADissolvedGroup() {
    cutter.cut("group_dissolved");
    assertThat(TestService.code(ask("group.dissolve", ""))).isEqualTo("unavailable");

    await()
        .untilAsserted(
            () -> assertThat(List.of(owner, member)).allMatch(userId -> isToldGone(userId)));
  }

  @Test
  void whatCouldNotBePublishedIsToldLater() {
    pushFails.set(true);
    TestService.data(ask("group.remove", userIds(member)));
    assertThat(runs()).isEmpty();

    await().until(() -> !runs().isEmpty());
    assertTellsOnly(runs().getFirst(), 3, new MembershipChange(member, 3, false));
  }

  private void publish(Delivery delivery) {
    if (pushFails.compareAndSet(true, false)) {
      throw new IllegalStateException("does not keep its contract");
    }
    push.publish(delivery);
  }

  private Reply ask(String op, String data) {
    String json = data.startsWith("{") ? data : "{\"groupId\": \"%d\"%s}".formatted(group, data);
    var request =
        new Request(
            new Caller(owner, owner, "phone", "127.0.0.1"),
            op,
            json.getBytes(StandardCharsets.UTF_8));
    return service.exchange().exchange(request).toCompletableFuture().join();
  }

  /// Until it is taken: the lane may still refuse what waits.
  private void repeat(String op, String data) {
    await().until(() -> ask(op, data) instanceof Reply.Success);
  }

  private static String userIds(long userId) {
    return ", \"userIds\": [\"%d\"]".formatted(userId);
  }

  private List<LogRun> runs() {
    return push.all(LogRun.class).stream().filter(run -> run.groupId() == group).toList();
  }

  private boolean isToldGone(long userId) {
    return push.eventsTo(userId).stream()
        .anyMatch(
            event ->
                event.at("/data/groupId").asLong() == group
                    && event.at("/data/removed").booleanValue());
  }

  private static void assertTellsOnly(LogRun run, long lastSeq, MembershipChange change) {
    assertThat(run.firstSeq()).isEqualTo(lastSeq);
    assertThat(run.lastSeq()).isEqualTo(lastSeq);
    assertThat(run.frames().count()).isZero();
    assertThat(run.changes()).containsExactly(change);
  }
}
