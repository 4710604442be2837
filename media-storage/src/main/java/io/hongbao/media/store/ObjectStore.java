package io.hongbao.media.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The bucket that holds the media. What asks the store blocks; signing asks nobody. Whatever goes
/// wrong with the store is a [StoreAwayException].
///
/// The store may come up after this does, and may go away and come back: each call tries.
public final class ObjectStore implements AutoCloseable {

  private static final int PRECONDITION_FAILED = 412;

  /// How long who comes before the store is up waits for it.
  private static final Duration START_WAIT = Duration.ofSeconds(10);

  private final Future<S3Location> location;
  private final Duration startWait;
  private @Nullable Clients clients;

  /// @param location completed once the store runs
  public ObjectStore(Future<S3Location> location) {
    this(location, START_WAIT);
  }

  ObjectStore(Future<S3Location> location, Duration startWait) {
    this.location = location;
    this.startWait = startWait;
  }

  /// What is stored under a key.
  ///
  /// @param tag changes with the content
  public record Stored(long bytes, String tag) {}

  /// @param number from 1
  public record StoredPart(int number, long bytes, String tag) {}

  /// An upload of this very length and type.
  public SignedRequest signUpload(String key, String contentType, long bytes, Duration ttl) {
    return ask(
        it ->
            signed(
                it.presigner()
                    .presignPutObject(
                        signed ->
                            signed
                                .signatureDuration(ttl)
                                .putObjectRequest(
                                    put ->
                                        put.bucket(it.bucket())
                                            .key(key)
                                            .contentType(contentType)
                                            .contentLength(bytes)))));
  }

  /// An upload of this very length, as one part of [#beginParts].
  public SignedRequest signPart(String key, String uploadId, int number, long bytes, Duration ttl) {
    return ask(
        it ->
            signed(
                it.presigner()
                    .presignUploadPart(
                        signed ->
                            signed
                                .signatureDuration(ttl)
                                .uploadPartRequest(
                                    part ->
                                        part.bucket(it.bucket())
                                            .key(key)
                                            .uploadId(uploadId)
                                            .partNumber(number)
                                            .contentLength(bytes)))));
  }

  /// @param disposition the `Content-Disposition` that the answer will have, null for none
  public SignedRequest signDownload(String key, @Nullable String disposition, Duration ttl) {
    return ask(
        it ->
            signed(
                it.presigner()
                    .presignGetObject(
                        signed ->
                            signed
                                .signatureDuration(ttl)
                                .getObjectRequest(
                                    get ->
                                        get.bucket(it.bucket())
                                            .key(key)
                                            .responseContentDisposition(disposition)))));
  }

  public Optional<Stored> find(String key) {
    return ask(
        it -> {
          try {
            HeadObjectResponse head =
                it.s3().headObject(asked -> asked.bucket(it.bucket()).key(key));
            return Optional.of(new Stored(head.contentLength(), head.eTag()));
          } catch (NoSuchKeyException _) {
            return Optional.empty();
          }
        });
  }

  /// Its content, to be closed; empty where it is not the one of this tag any more.
  public Optional<InputStream> open(String key, String tag) {
    return ask(
        it ->
            unlessChanged(
                () -> it.s3().getObject(asked -> asked.bucket(it.bucket()).key(key).ifMatch(tag))));
  }

  /// Copies within the store; false where the source is not the one of this tag any more.
  public boolean copy(String from, String tag, String to, String contentType) {
    return ask(
        it ->
            unlessChanged(
                    () ->
                        it.s3()
                            .copyObject(
                                copy ->
                                    copy.sourceBucket(it.bucket())
                                        .sourceKey(from)
                                        .copySourceIfMatch(tag)
                                        .destinationBucket(it.bucket())
                                        .destinationKey(to)
                                        .metadataDirective(MetadataDirective.REPLACE)
                                        .contentType(contentType)))
                .isPresent());
  }

  public void put(String key, String contentType, Path file) {
    put(key, contentType, RequestBody.fromFile(file));
  }

  public void put(String key, String contentType, byte[] content) {
    put(key, contentType, RequestBody.fromBytes(content));
  }

  /// Deletes it where it is there.
  public void delete(String key) {
    var _ = ask(it -> it.s3().deleteObject(asked -> asked.bucket(it.bucket()).key(key)));
  }

  /// Begins an upload in parts, and returns its id.
  public String beginParts(String key, String contentType) {
    return ask(
        it ->
            it.s3()
                .createMultipartUpload(
                    made -> made.bucket(it.bucket()).key(key).contentType(contentType))
                .uploadId());
  }

  /// The parts that are there, in order; empty where the store knows no such upload any more.
  public Optional<List<StoredPart>> parts(String key, String uploadId) {
    return ask(
        it -> {
          try {
            return Optional.of(
                it
                    .s3()
                    .listPartsPaginator(
                        asked -> asked.bucket(it.bucket()).key(key).uploadId(uploadId))
                    .parts()
                    .stream()
                    .map(part -> new StoredPart(part.partNumber(), part.size(), part.eTag()))
                    .toList());
          } catch (NoSuchUploadException _) {
            return Optional.empty();
          }
        });
  }

  /// Makes one object of the parts.
  public void joinParts(String key, String uploadId, List<StoredPart> parts) {
    List<CompletedPart> completed =
        parts.stream()
            .map(part -> CompletedPart.builder().partNumber(part.number()).eTag(part.tag()).build())
            .toList();
    var _ =
        ask(
            it ->
                it.s3()
                    .completeMultipartUpload(
                        joined ->
                            joined
                                .bucket(it.bucket())
                                .key(key)
                                .uploadId(uploadId)
                                .multipartUpload(all -> all.parts(completed))));
  }

  /// Throws the parts away where they are there.
  public void dropParts(String key, String uploadId) {
    var _ =
        ask(
            it -> {
              try {
                return it.s3()
                    .abortMultipartUpload(
                        asked -> asked.bucket(it.bucket()).key(key).uploadId(uploadId))
                    .sdkHttpResponse()
                    .statusCode();
              } catch (NoSuchUploadException gone) {
                return gone.statusCode();
              }
            });
  }

  @Override
  public synchronized void close() {
    if (clients != null) {
      clients.close();
    }
  }

  private void put(String key, String contentType, RequestBody content) {
    var _ =
        ask(
            it ->
                it.s3()
                    .putObject(
                        put -> put.bucket(it.bucket()).key(key).contentType(contentType), content));
  }

  private <T> T ask(Function<Clients, T> question) {
    try {
      return question.apply(clients());
    } catch (SdkException e) {
      throw new StoreAwayException("the S3 store failed", e);
    }
  }

  private Clients clients() {
    S3Location where = located();
    synchronized (this) {
      if (clients == null) {
        clients = Clients.of(where);
      }
      return clients;
    }
  }

  private S3Location located() {
    try {
      return location.get(startWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new StoreAwayException("the S3 store is not up", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreAwayException("the S3 store is not up", e);
    }
  }

  private static <T> Optional<T> unlessChanged(Supplier<T> question) {
    try {
      return Optional.of(question.get());
    } catch (NoSuchKeyException _) {
      return Optional.empty();
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static SignedRequest signed(PresignedRequest request) {
    var headers = new HashMap<String, String>();
    request
        .signedHeaders()
        .forEach(
            (name, values) -> {
              if (name.equals("content-type")) {
                headers.put("Content-Type", values.getFirst());
              }
            });
    return new SignedRequest(
        request.url().toString(), Map.copyOf(headers), request.expiration().toEpochMilli());
  }
}
