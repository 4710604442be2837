package io.hongbao.common.remote;

import io.hongbao.common.contract.Avatars;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.Identity;
import io.hongbao.common.contract.MediaLibrary;
import io.hongbao.common.contract.Memberships;
import io.hongbao.common.contract.SentMedia;
import io.hongbao.common.contract.TraceId;
import io.hongbao.common.contract.UnreadMembers;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/// The contracts that are single questions: each answers by what it was asked; 404 is refused.
final class FakeAnswers
    implements Identity, Memberships, GroupLog, UnreadMembers, SentMedia, MediaLibrary, Avatars {

  static final MediaLibrary.Medium FULL =
      new MediaLibrary.Medium(
          1, MediaLibrary.Kind.VIDEO, "video/mp4", 9_999_999_999L, "a.mp4", 640, 480, 1_500L, 8L);
  static final MediaLibrary.Medium BARE =
      new MediaLibrary.Medium(
          2, MediaLibrary.Kind.FILE, "text/plain", 0, null, null, null, null, null);

  final AtomicReference<GroupLog.NewEntry> appended =
      new AtomicReference<>(new GroupLog.NewEntry(GroupLog.Kind.PACKET, 0, 0, 0, "", ""));

  /// What each question was asked for.
  final List<TraceId> traces = new CopyOnWriteArrayList<>();

  @Override
  public CompletionStage<Outcome<Authenticated>> authenticate(String token) {
    return switch (token) {
      case "bad" -> refused();
      case "silence" -> new CompletableFuture<>();
      default ->
          done(new Authenticated(7, -1, "{\"name\":\"小明\"}".getBytes(StandardCharsets.UTF_8)));
    };
  }

  @Override
  public CompletionStage<List<Membership>> groupsOf(long userId) {
    traces.add(TraceId.current());
    return userId == 404
        ? CompletableFuture.failedStage(new IllegalStateException("MySQL is away"))
        : CompletableFuture.completedStage(
            List.of(new Membership(userId, 5), new Membership(userId + 1, 0)));
  }

  @Override
  public CompletionStage<Outcome<Writer>> writer(long groupId, long userId, long companionId) {
    return groupId == 404 ? refused() : done(new Writer(companionId == 3));
  }

  @Override
  public CompletionStage<Outcome<Members>> membersAmong(long groupId, Collection<Long> userIds) {
    return groupId == 404 ? refused() : done(new Members(false, Set.copyOf(userIds)));
  }

  @Override
  public CompletionStage<Outcome<Members>> members(long groupId) {
    return groupId == 404 ? refused() : done(new Members(true, Set.of(groupId)));
  }

  @Override
  public CompletionStage<Outcome<Appended>> append(NewEntry entry) {
    appended.set(entry);
    return entry.groupId() == 404 ? refused() : done(new Appended(entry.messageId(), 2, 3));
  }

  @Override
  public CompletionStage<Outcome<List<Unread>>> of(long groupId, long firstSeq, long lastSeq) {
    return groupId == 404
        ? refused()
        : done(List.of(new Unread(firstSeq, 100, true), new Unread(lastSeq, 1, false)));
  }

  @Override
  public CompletionStage<Outcome<Boolean>> isVisibleTo(long userId, long mediaId) {
    return userId == 404 ? refused() : done(userId == mediaId);
  }

  @Override
  public CompletionStage<Outcome<Medium>> uploadedBy(
      long userId, long mediaId, MediaLibrary.Kind kind) {
    return userId == 404 ? refused() : done(kind == MediaLibrary.Kind.VIDEO ? FULL : BARE);
  }

  @Override
  public CompletionStage<Outcome<Place>> placeOf(long mediaId) {
    return mediaId == 404
        ? refused()
        : done(new Place("https://store/" + mediaId, Duration.ofMillis(61_001)));
  }

  private <T> CompletionStage<Outcome<T>> done(T value) {
    return answer(Outcome.done(value));
  }

  private <T> CompletionStage<Outcome<T>> refused() {
    return answer(Outcome.refused(ErrorCode.NOT_FOUND, "there is none"));
  }

  private <T> CompletionStage<Outcome<T>> answer(Outcome<T> outcome) {
    traces.add(TraceId.current());
    return CompletableFuture.completedStage(outcome);
  }
}
