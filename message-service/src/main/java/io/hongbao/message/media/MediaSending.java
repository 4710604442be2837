package io.hongbao.message.media;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.MediaLibrary;
import io.hongbao.common.contract.MediaLibrary.Kind;
import io.hongbao.common.contract.MediaLibrary.Medium;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.error.Refusal;
import io.hongbao.message.log.EntryType;
import io.hongbao.message.log.LogRequest.SendMedia;
import io.hongbao.message.log.Messages;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Sends what its sender has uploaded: looks it up, then it is a message like any other.
public final class MediaSending {

  private final MediaLibrary library;
  private final Messages messages;

  public MediaSending(MediaLibrary library, Messages messages) {
    this.library = library;
    this.messages = messages;
  }

  /// The outer stage completes when it is known what is sent, and the message is handed over; the
  /// inner one with the reply. Neither fails.
  public CompletionStage<CompletionStage<Reply>> send(Caller caller, SendMedia asked) {
    long userId = caller.userId();
    CompletionStage<Outcome<Medium>> medium =
        library.uploadedBy(userId, asked.mediaId(), kindOf(asked.type()));
    Long coverId = asked.coverMediaId();
    return coverId == null
        ? medium.thenApply(found -> handOver(caller, asked, found, null))
        : medium.thenCombine(
            library.uploadedBy(userId, coverId, Kind.IMAGE),
            (found, cover) -> handOver(caller, asked, found, cover));
  }

  private CompletionStage<Reply> handOver(
      Caller caller, SendMedia asked, Outcome<Medium> medium, @Nullable Outcome<Medium> cover) {
    return switch (content(asked, medium, cover)) {
      case Refused(Refusal refusal) -> CompletableFuture.completedFuture(Reply.refused(refusal));
      case Done(MediaContent content) -> messages.handle(caller, asked, content.json());
    };
  }

  private static Outcome<MediaContent> content(
      SendMedia asked, Outcome<Medium> medium, @Nullable Outcome<Medium> cover) {
    return switch (medium) {
      case Refused(Refusal refusal) -> Outcome.refused(refusal);
      case Done(Medium it) ->
          switch (cover) {
            case null -> content(asked, it, it.thumbnailMediaId());
            case Refused(Refusal refusal) -> Outcome.refused(refusal);
            case Done(Medium picture) -> content(asked, it, picture.thumbnailMediaId());
          };
    };
  }

  private static Outcome<MediaContent> content(
      SendMedia asked, Medium it, @Nullable Long thumbnailId) {
    long mediaId = it.mediaId();
    return switch (it.kind()) {
      case IMAGE ->
          Outcome.done(
              new MediaContent.Image(
                  mediaId, it.width(), it.height(), it.bytes(), it.contentType(), thumbnailId));
      case AUDIO -> {
        Long durationMs = it.durationMs();
        yield Outcome.done(
            new MediaContent.Audio(
                mediaId, durationMs == null ? 0 : durationMs, it.bytes(), it.contentType()));
      }
      case VIDEO ->
          Outcome.done(
              new MediaContent.Video(
                  mediaId,
                  it.durationMs(),
                  it.width(),
                  it.height(),
                  it.bytes(),
                  it.contentType(),
                  thumbnailId));
      case FILE -> {
        String name = asked.name() == null ? it.name() : asked.name();
        yield name == null
            ? Outcome.refused(Refusal.invalid("content.name", "a file needs a name"))
            : Outcome.done(new MediaContent.File(mediaId, name, it.bytes(), it.contentType()));
      }
      case AVATAR, THUMBNAIL -> throw new IllegalArgumentException("not sent: " + it.kind());
    };
  }

  private static Kind kindOf(EntryType type) {
    return switch (type) {
      case IMAGE -> Kind.IMAGE;
      case AUDIO -> Kind.AUDIO;
      case VIDEO -> Kind.VIDEO;
      case FILE -> Kind.FILE;
      case TEXT, REDPACKET, RECALL, EDIT, REACTION, SYSTEM ->
          throw new IllegalArgumentException("no medium: " + type);
    };
  }
}
