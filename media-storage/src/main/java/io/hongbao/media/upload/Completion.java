package io.hongbao.media.upload;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.sql.Queries;
import io.hongbao.media.check.Check;
import io.hongbao.media.check.Finding;
import io.hongbao.media.check.Workspace;
import io.hongbao.media.store.ObjectStore;
import io.hongbao.media.store.ObjectStore.Stored;
import io.hongbao.media.store.ObjectStore.StoredPart;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Checks what was uploaded against what was announced, and keeps it where no client writes.
///
/// The client's URL still works while the check runs. So what is kept is copied under the condition
/// that it is the very content that was checked, or written anew; and the medium is complete only
/// after. Two that complete the same medium at once make the same objects, and the row has one
/// winner.
final class Completion {

  /// Checks at once: each reads the whole upload, and a picture takes memory to decode.
  static final int RUNNING_MAX = Math.max(2, Runtime.getRuntime().availableProcessors());

  static final int WAITING_MAX = 1_000;

  private final Catalogue catalogue;
  private final ObjectStore store;
  private final Path folder;
  private final Timer time;
  private final Semaphore running = new Semaphore(RUNNING_MAX);
  private final AtomicInteger inHand = new AtomicInteger();

  /// @param folder for what is checked, while it is
  Completion(Catalogue catalogue, ObjectStore store, Path folder, MeterRegistry meters) {
    this.catalogue = catalogue;
    this.store = store;
    this.folder = folder;
    this.time = meters.timer("hongbao.media.check");
    Gauge.builder("hongbao.media.checking", inHand, AtomicInteger::get).register(meters);
  }

  /// Blocks until it is this one's turn and done.
  Reply complete(long userId, long mediaId) {
    return switch (catalogue.findOwn(userId, mediaId)) {
      case Refused(var refusal) -> Reply.refused(refusal);
      case Done(MediumRow row) -> row.isComplete() ? Replies.medium(row) : inTurn(row);
    };
  }

  private Reply inTurn(MediumRow row) {
    if (inHand.incrementAndGet() > WAITING_MAX) {
      inHand.decrementAndGet();
      return Queries.unavailable();
    }
    running.acquireUninterruptibly();
    Timer.Sample sample = Timer.start();
    try {
      return catalogue.keep(row) ? answer(row) : Reply.refused(Catalogue.NO_SUCH_MEDIUM);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      sample.stop(time);
      running.release();
      inHand.decrementAndGet();
    }
  }

  /// Where another has completed it meanwhile, and so taken the upload away, that is the answer.
  private Reply answer(MediumRow row) throws IOException {
    Reply reply = checked(row);
    MediumRow now = reply instanceof Reply.Failure ? catalogue.find(row.mediaId()) : null;
    return now != null && now.isComplete() ? Replies.medium(now) : reply;
  }

  private Reply checked(MediumRow row) throws IOException {
    Stored upload = uploaded(row);
    if (upload == null) {
      return mismatch("it is not uploaded yet, or not all of it");
    }
    if (upload.bytes() != row.bytes()) {
      return discarded(row, "its length is not what was announced");
    }
    try (var workspace = Workspace.in(folder)) {
      Path file = workspace.file("upload");
      Sha256 digest = download(row, upload, file);
      if (digest == null) {
        return mismatch("it was uploaded again meanwhile");
      }
      if (!digest.hex().equals(row.sha256())) {
        return discarded(row, "its SHA-256 is not what was announced");
      }
      var check = new Check(row.kind(), row.contentType(), row.keepLocation());
      return switch (check.of(file, workspace)) {
        case Finding.Unfit(Refusal refusal) -> discarded(row, refusal);
        case Finding.Fit fit -> kept(row, upload, fit);
      };
    }
  }

  private Reply kept(MediumRow row, Stored upload, Finding.Fit fit) throws IOException {
    Path rewritten = fit.rewritten();
    if (rewritten != null) {
      store.put(row.storedKey(), row.contentType(), rewritten);
    } else if (!store.copy(row.uploadKey(), upload.tag(), row.storedKey(), row.contentType())) {
      return mismatch("it was uploaded again meanwhile");
    }
    if (fit.thumbnail() != null) {
      store.put(
          MediumRow.thumbnailKey(row.mediaId()),
          fit.thumbnail().contentType(),
          fit.thumbnail().content());
    }
    long bytes = rewritten == null ? row.bytes() : Files.size(rewritten);
    MediumRow complete =
        catalogue.complete(row.completed(catalogue.now(), bytes, fit.measures()), fit.thumbnail());
    store.delete(row.uploadKey()); // what comes later, or is left by a crash here, is swept
    return Replies.medium(complete);
  }

  /// What lies there as one object, joined now where it came in parts; null where it is not whole.
  private @Nullable Stored uploaded(MediumRow row) {
    Optional<Stored> whole = store.find(row.uploadKey());
    String uploadId = row.uploadId();
    if (whole.isPresent() || uploadId == null) {
      return whole.orElse(null);
    }
    List<StoredPart> parts = store.parts(row.uploadKey(), uploadId).orElse(List.of());
    if (isWhole(row, parts)) {
      store.joinParts(row.uploadKey(), uploadId, parts);
    }
    return store.find(row.uploadKey()).orElse(null); // another may have joined them meanwhile
  }

  private static boolean isWhole(MediumRow row, List<StoredPart> parts) {
    if (parts.size() != Uploads.partCount(row)) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      StoredPart part = parts.get(i);
      if (part.number() != i + 1 || part.bytes() != Uploads.partBytes(row, i + 1)) {
        return false;
      }
    }
    return true;
  }

  /// The digest of what is now in the file; null where it is not the one of this tag any more.
  private @Nullable Sha256 download(MediumRow row, Stored upload, Path file) throws IOException {
    Optional<InputStream> content = store.open(row.uploadKey(), upload.tag());
    if (content.isEmpty()) {
      return null;
    }
    MessageDigest digest = Sha256.begin();
    try (InputStream in = content.get();
        OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      in.transferTo(out);
    }
    return Sha256.finished(digest);
  }

  private Reply discarded(MediumRow row, String why) {
    return discarded(row, Refusal.of(ErrorCode.MEDIA_MISMATCH, why));
  }

  /// It may be uploaded again.
  private Reply discarded(MediumRow row, Refusal refusal) {
    store.delete(row.uploadKey());
    if (row.uploadId() != null) {
      catalogue.beginParts(row, row.uploadId(), null);
    }
    return Reply.refused(refusal);
  }

  private static Reply mismatch(String why) {
    return Reply.refused(ErrorCode.MEDIA_MISMATCH, why);
  }
}
