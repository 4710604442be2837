package io.hongbao.message.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.config.Settings;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.GroupLog.Appended;
import io.hongbao.common.contract.GroupLog.Kind;
import io.hongbao.common.contract.GroupLog.NewEntry;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class PacketGroupsTest {

  private static final long OWNER = 7;
  private static final long STRANGER = 8;

  private final Database database;
  private final Redis redis;
  private final MessageService service;
  private final GroupLog groups;
  private int made;
  private long groupId;

  PacketGroupsTest(TestServices services) {
    this.database =
        Database.open(
            services.jdbcUrl(), services.user(), services.password(), 8, MessageService.MAPPERS);
    database.migrate(MessageService.MIGRATIONS);
    this.redis = Redis.open(services.redisUrl());
    this.service =
        MessageService.start(
            MessageConfig.of(Settings.of(Map.of("auth.token-secret", "s".repeat(32)))),
            database,
            redis,
            new RecordingPush(),
            new UploadedMedia(),
            new Ids(1_001),
            new TestClock(),
            new SimpleMeterRegistry());
    this.groups = service.groupLog();
  }

  @BeforeEach
  void makeGroup() {
    groupId =
        ask("group.create", "{\"clientGroupId\": \"k" + made++ + "\", \"name\": \"group\"}")
            .get("group")
            .get("groupId")
            .asLong();
  }

  @AfterAll
  void close() {
    service.close();
    redis.close();
    database.close();
  }

  @Test
  void anEntryIsAppendedOnceForItsKey() {
    NewEntry packet = packet(OWNER, 100);

    List<Appended> all =
        IntStream.range(0, 20).mapToObj(_ -> groups.append(packet)).toList().stream()
            .map(PacketGroupsTest::done)
            .distinct()
            .toList();

    assertThat(all).singleElement().matches(it -> it.messageId() == 100 && it.seq() == 2);
    JsonNode messages =
        ask("message.history", "{\"groupId\": \"" + groupId + "\"}").get("messages");
    assertThat(messages).hasSize(2);
    assertThat(messages.get(1).get("type").asText()).isEqualTo("redpacket");
    assertThat(messages.get(1).get("content").get("packetId").asText()).isEqualTo("1");
  }

  @Test
  void aPacketIsRefusedLikeAMessage() {
    assertThat(refused(groups.append(packet(STRANGER, 100)))).isEqualTo("not_a_member");
    assertThat(refused(groups.writer(groupId, STRANGER, 0))).isEqualTo("not_a_member");
    assertThat(refused(groups.writer(1, OWNER, 0))).isEqualTo("not_found");
    assertThat(done(groups.writer(groupId, OWNER, OWNER)).companionIsMember()).isTrue();
    assertThat(done(groups.writer(groupId, OWNER, STRANGER)).companionIsMember()).isFalse();
  }

  @Test
  void anAnnouncementIsMadeWhateverItsActorIsByNow() {
    var announcement =
        new NewEntry(Kind.ANNOUNCEMENT, groupId, 200, STRANGER, "done:1", "{\"kind\":\"x\"}");

    assertThat(done(groups.append(announcement)).seq()).isEqualTo(2);
    assertThat(done(groups.append(announcement)).seq()).isEqualTo(2);
  }

  @Test
  void slowModeHoldsForPacketsAndAfterThem() {
    open(60_000);
    assertThat(done(groups.writer(groupId, STRANGER, 0)).companionIsMember()).isFalse();
    assertThat(done(groups.append(packet(STRANGER, 100))).seq()).isEqualTo(4);

    assertThat(refused(groups.writer(groupId, STRANGER, 0))).isEqualTo("rate_limited");
    var next =
        new NewEntry(Kind.PACKET, groupId, 101, STRANGER, "redpacket:2", "{\"packetId\":\"2\"}");
    assertThat(refused(groups.append(next))).isEqualTo("rate_limited");
    assertThat(done(groups.append(packet(STRANGER, 100))).seq()).isEqualTo(4);
    assertThat(done(groups.append(packet(OWNER, 102))).seq()).isEqualTo(5);
    assertThat(done(groups.writer(groupId, OWNER, 0)).companionIsMember()).isFalse();
  }

  @Test
  void noClientCanUseAnEntrysKeyFirst() {
    ask(
        "message.send",
        """
        {"groupId": "%d", "clientMessageId": "done:1", "type": "text", "content": {"text": "x"}}
        """
            .formatted(groupId));
    var announcement =
        new NewEntry(Kind.ANNOUNCEMENT, groupId, 200, OWNER, "done:1", "{\"kind\":\"x\"}");

    assertThat(done(groups.append(announcement)).seq()).isEqualTo(3);

    JsonNode messages =
        ask("message.history", "{\"groupId\": \"" + groupId + "\"}").get("messages");
    assertThat(messages.get(1).get("clientMessageId").asText()).isEqualTo("done:1");
    assertThat(messages.get(2).has("clientMessageId")).isFalse();
  }

  @Test
  void tellsWhoIsAMember() {
    assertThat(done(groups.membersAmong(groupId, List.of(OWNER, STRANGER))).userIds())
        .containsExactly(OWNER);
    assertThat(done(groups.members(groupId)).userIds()).containsExactly(OWNER);
    assertThat(done(groups.members(groupId)).dissolved()).isFalse();
    assertThat(refused(groups.members(1))).isEqualTo("not_found");
  }

  private NewEntry packet(long author, long messageId) {
    return new NewEntry(
        Kind.PACKET, groupId, messageId, author, "redpacket:1", "{\"packetId\":\"1\"}");
  }

  /// Lets the stranger in, under a slow mode.
  private void open(int slowModeMs) {
    ask(
        "group.update",
        """
        {"groupId": "%d", "rules": {"joinPolicy": "open", "slowModeMs": %d}}
        """
            .formatted(groupId, slowModeMs));
    ask(STRANGER, "group.join", "{\"groupId\": \"" + groupId + "\"}");
  }

  private JsonNode ask(String op, String data) {
    return ask(OWNER, op, data);
  }

  private JsonNode ask(long userId, String op, String data) {
    var caller = new Caller(userId, 1, "phone", "127.0.0.1");
    Reply reply =
        service
            .exchange()
            .exchange(new Request(caller, op, data.getBytes(StandardCharsets.UTF_8)))
            .toCompletableFuture()
            .join();
    return TestService.data(Objects.requireNonNull(reply));
  }

  private static <T> T done(CompletionStage<Outcome<T>> stage) {
    Outcome<T> outcome = stage.toCompletableFuture().join();
    assertThat(outcome).isInstanceOf(Done.class);
    return ((Done<T>) outcome).value();
  }

  private static <T> String refused(CompletionStage<Outcome<T>> stage) {
    Outcome<T> outcome = stage.toCompletableFuture().join();
    assertThat(outcome).isInstanceOf(Refused.class);
    return ((Refused<T>) outcome).refusal().code().wireName();
  }
}
