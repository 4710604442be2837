package io.hongbao.common.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.contract.Avatars;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Frames;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.Identity;
import io.hongbao.common.contract.Interest;
import io.hongbao.common.contract.MediaLibrary;
import io.hongbao.common.contract.MembershipChange;
import io.hongbao.common.contract.Memberships;
import io.hongbao.common.contract.Memberships.Membership;
import io.hongbao.common.contract.Push;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.contract.SentMedia;
import io.hongbao.common.contract.TraceId;
import io.hongbao.common.contract.UnreadMembers;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the contracts promise holds through the wire.
class ContractsTest {

  private static Node node;
  private static Peers peers;

  private final Exchange exchange;
  private final Identity identity;
  private final Memberships memberships;
  private final GroupLog groupLog;
  private final UnreadMembers unreadMembers;
  private final SentMedia sentMedia;
  private final MediaLibrary mediaLibrary;
  private final Avatars avatars;
  private final Push push;
  private final Interest interest;
  private final FakeSink sink = new FakeSink();

  ContractsTest() {
    exchange = peers.exchange(Role.MESSAGE);
    identity = peers.identity();
    memberships = peers.memberships();
    groupLog = peers.groupLog();
    unreadMembers = peers.unreadMembers();
    sentMedia = peers.sentMedia();
    mediaLibrary = peers.mediaLibrary();
    avatars = peers.avatars();
    push = peers.push();
    interest = peers.interest();
    node.exchange.asked.clear();
    node.answers.traces.clear();
  }

  @BeforeAll
  static void start() {
    node = Node.start();
    peers = Peers.start(Node.at(node.address()), new SimpleMeterRegistry());
    peers.exchange(Role.MESSAGE);
    peers.push();
    await().until(() -> peers.isConnected(Role.MESSAGE));
    await().until(() -> peers.isConnected(Role.PUSH));
    await().until(() -> peers.isConnected(Role.MEDIA));
  }

  @AfterAll
  static void stop() {
    peers.close();
    node.close();
  }

  @Test
  void givesTheServiceAllOfARequest() throws Exception {
    var caller = new Caller(7, 9_223_372_036_854_775_807L, "Gerät 1", "2001:db8::1");
    var request = new Request(caller, "message.send", bytes("{\"text\":\"红包\"}"));
    get(exchange.exchange(request));

    Request asked = node.exchange.asked.element();
    assertThat(asked.caller()).isEqualTo(caller);
    assertThat(asked.op()).isEqualTo("message.send");
    assertThat(asked.trace()).isEqualTo(request.trace());
    assertThat(text(asked.data())).isEqualTo("{\"text\":\"红包\"}");
  }

  @Test
  void givesEachCallerItsOwnReply() throws Exception {
    var replies = new ArrayList<CompletionStage<Reply>>();
    for (int i = 0; i < 200; i++) {
      replies.add(exchange.exchange(request(1 + i % 3, "hold", "{\"n\":" + i + "}")));
    }
    await().until(() -> node.exchange.holding() == 200);
    node.exchange.release();
    for (int i = 0; i < 200; i++) {
      assertThat(text(success(replies.get(i)))).isEqualTo("{\"n\":" + i + "}");
    }
  }

  @Test
  void keepsTheOrderOfOneCallerAboutOneGroup() throws Exception {
    CompletionStage<Reply> last = null;
    for (int i = 0; i < 2_000; i++) {
      last = exchange.exchange(request(5, "echo", "{\"n\":" + i + ",\"groupId\":\"8\"}"));
    }
    if (last != null) {
      get(last);
    }
    assertThat(node.exchange.asked.stream().map(request -> text(request.data())))
        .containsExactlyElementsOf(
            IntStream.range(0, 2_000)
                .mapToObj(i -> "{\"n\":" + i + ",\"groupId\":\"8\"}")
                .toList());
  }

  @Test
  void refusesWithAllThatARefusalSays() throws Exception {
    assertThat(get(exchange.exchange(request(1, "refuse", "{}"))))
        .isEqualTo(Reply.refused(FakeExchange.REFUSAL));
  }

  @Test
  void carriesLargeDataUnchanged() throws Exception {
    byte[] data = new byte[5_000_000];
    new Random(1).nextBytes(data);
    Reply reply = get(exchange.exchange(new Request(caller(1), "echo", data)));
    assertThat(((Reply.Success) reply).data()).isEqualTo(data);
    assertThat(success(exchange.exchange(request(1, "echo", "")))).isEmpty();
  }

  @Test
  void saysItsFeatures() {
    assertThat(exchange.features()).containsExactly("pins", "roles");
  }

  @Test
  void tellsWhoATokenIs() throws Exception {
    Identity.Authenticated who = done(identity.authenticate("good"));
    assertThat(who.userId()).isEqualTo(7);
    assertThat(who.expiresAt()).isEqualTo(-1);
    assertThat(text(who.user())).isEqualTo("{\"name\":\"小明\"}");
    assertIsRefused(identity.authenticate("bad"));
  }

  @Test
  void tellsAUsersGroups() throws Exception {
    assertThat(get(memberships.groupsOf(20)))
        .containsExactly(new Membership(20, 5), new Membership(21, 0));
    assertThat(memberships.groupsOf(404).toCompletableFuture()).failsWithin(Duration.ofSeconds(5));
  }

  @Test
  void tellsAndWritesAGroupsLog() throws Exception {
    assertThat(done(groupLog.writer(1, 2, 3))).isEqualTo(new GroupLog.Writer(true));
    assertThat(done(groupLog.writer(1, 2, 0))).isEqualTo(new GroupLog.Writer(false));
    assertIsRefused(groupLog.writer(404, 2, 0));
    assertThat(done(groupLog.membersAmong(1, Set.of(5L, 6L))))
        .isEqualTo(new GroupLog.Members(false, Set.of(5L, 6L)));
    assertIsRefused(groupLog.membersAmong(404, List.of()));
    assertThat(done(groupLog.members(9))).isEqualTo(new GroupLog.Members(true, Set.of(9L)));
    assertIsRefused(groupLog.members(404));
    for (GroupLog.Kind kind : GroupLog.Kind.values()) {
      var entry = new GroupLog.NewEntry(kind, 1, 2, 3, "schlüssel", "{\"kind\":\"红包\"}");
      assertThat(done(groupLog.append(entry))).isEqualTo(new GroupLog.Appended(2, 2, 3));
      assertThat(node.answers.appended.get()).isEqualTo(entry);
    }
    assertIsRefused(
        groupLog.append(new GroupLog.NewEntry(GroupLog.Kind.PACKET, 404, 0, 0, "", "")));
  }

  @Test
  void tellsToWhomEntriesAreUnread() throws Exception {
    assertThat(done(unreadMembers.of(1, 2, 3)))
        .containsExactly(
            new UnreadMembers.Unread(2, 100, true), new UnreadMembers.Unread(3, 1, false));
    assertIsRefused(unreadMembers.of(404, 2, 3));
  }

  @Test
  void tellsOfMedia() throws Exception {
    assertThat(done(mediaLibrary.uploadedBy(1, 2, MediaLibrary.Kind.VIDEO)))
        .isEqualTo(FakeAnswers.FULL);
    assertThat(done(mediaLibrary.uploadedBy(1, 2, MediaLibrary.Kind.THUMBNAIL)))
        .isEqualTo(FakeAnswers.BARE);
    assertIsRefused(mediaLibrary.uploadedBy(404, 2, MediaLibrary.Kind.FILE));
    assertThat(done(sentMedia.isVisibleTo(4, 4))).isTrue();
    assertThat(done(sentMedia.isVisibleTo(4, 5))).isFalse();
    assertIsRefused(sentMedia.isVisibleTo(404, 5));
    assertThat(done(avatars.placeOf(7)))
        .isEqualTo(new Avatars.Place("https://store/7", Duration.ofMillis(61_001)));
    assertIsRefused(avatars.placeOf(404));
  }

  @Test
  void asksWithTheCallersTrace() throws Exception {
    TraceId trace = TraceId.next();
    List<CompletionStage<?>> asked =
        trace.with(
            () ->
                List.of(
                    identity.authenticate("good"),
                    memberships.groupsOf(20),
                    groupLog.append(
                        new GroupLog.NewEntry(GroupLog.Kind.PACKET, 1, 2, 3, "key", "{}")),
                    unreadMembers.of(1, 2, 3),
                    mediaLibrary.uploadedBy(1, 2, MediaLibrary.Kind.VIDEO),
                    sentMedia.isVisibleTo(4, 4),
                    avatars.placeOf(7)));
    for (CompletionStage<?> answer : asked) {
      get(answer);
    }
    assertThat(node.answers.traces).hasSize(asked.size()).containsOnly(trace);

    get(identity.authenticate("good"));
    assertThat(node.answers.traces.getLast()).isEqualTo(TraceId.NONE);
  }

  @Test
  void deliversEveryKindUnchangedAndInOrder() throws Exception {
    Interest.Link link = attach();
    get(link.addGroups(List.of(10L)));
    get(link.addUser(1));
    List<Delivery> all =
        List.of(
            new Delivery.LogRun(
                10,
                6,
                7,
                List.of(new MembershipChange(1, 6, true), new MembershipChange(2, 7, false)),
                Frames.of(List.of(bytes("{\"a\":1}"), bytes("{\"b\":\"字\"}")))),
            new Delivery.LogRun(10, 8, 8, List.of(), Frames.of(List.of()), new TraceId(-1, 2), 3),
            new Delivery.SessionOpened(1, "Gerät 1", -9, 1_900_000_000_000L),
            new Delivery.LogTail(10, 8),
            new Delivery.GroupSignal(10, 5, bytes("{\"typing\":1}")),
            new Delivery.PacketCrowd(10, 77, 5, 3, null),
            new Delivery.PacketCrowd(10, 77, 5, 0, List.of()),
            new Delivery.PacketCrowd(10, 77, 5, 0, List.of(4L, 5L)),
            new Delivery.UserSignal(List.of(1L, 2L), 99, bytes("{\"wallet\":1}")));
    all.forEach(push::publish);

    await().until(() -> sink.got.size() == all.size());
    assertThat(sink.got.stream().map(ContractsTest::described))
        .containsExactlyElementsOf(all.stream().map(ContractsTest::described).toList());
    detach(link);
  }

  @Test
  void deliversWhatIsPublishedFromTheAdditionOnUntilTheRemoval() throws Exception {
    Interest.Link link = attach();
    for (long groupId = 100; groupId < 130; groupId++) {
      get(link.addGroups(List.of(groupId, 99L)));
      push.publish(new Delivery.LogTail(groupId, groupId));
    }
    await().until(() -> sink.got.size() == 30);

    link.removeGroups(List.of(100L));
    link.removeUser(1);
    await().until(() -> !node.push.hasGroup(100));
    push.publish(new Delivery.LogTail(100, 1));
    push.publish(new Delivery.LogTail(101, 2));
    await().until(() -> sink.got.size() == 31);
    assertThat(sink.got.getLast()).isEqualTo(new Delivery.LogTail(101, 2));
    assertThat(sink.missed).hasValue(0);
    detach(link);
  }

  private Interest.Link attach() {
    Interest.Link link = interest.attach(sink);
    await().until(() -> !node.push.gateways.isEmpty());
    return link;
  }

  private static void detach(Interest.Link link) {
    link.close();
    await().until(() -> node.push.gateways.isEmpty());
  }

  private static String described(Delivery delivery) {
    return switch (delivery) {
      case Delivery.LogRun run ->
          "run %d %d-%d %s %s %s %s %d"
              .formatted(
                  run.groupId(),
                  run.firstSeq(),
                  run.lastSeq(),
                  run.changes(),
                  text(run.frames().bytes()),
                  Arrays.toString(run.frames().ends()),
                  run.trace(),
                  run.publishedAt());
      case Delivery.GroupSignal signal ->
          "signal " + signal.groupId() + " " + signal.exceptUserId() + text(signal.event());
      case Delivery.UserSignal signal ->
          "user " + signal.userIds() + " " + signal.exceptSessionId() + text(signal.event());
      case Delivery.LogTail tail -> tail.toString();
      case Delivery.PacketCrowd crowd -> crowd.toString();
      case Delivery.SessionOpened opened -> opened.toString();
    };
  }

  private static Request request(long sessionId, String op, String data) {
    return new Request(caller(sessionId), op, bytes(data));
  }

  private static Caller caller(long sessionId) {
    return new Caller(7, sessionId, "d", "127.0.0.1");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static byte[] success(CompletionStage<Reply> stage) throws Exception {
    return ((Reply.Success) get(stage)).data();
  }

  private static <T> T done(CompletionStage<Outcome<T>> stage) throws Exception {
    return ((Outcome.Done<T>) get(stage)).value();
  }

  private static <T> void assertIsRefused(CompletionStage<Outcome<T>> stage) throws Exception {
    assertThat(get(stage)).isEqualTo(Outcome.refused(ErrorCode.NOT_FOUND, "there is none"));
  }
}
