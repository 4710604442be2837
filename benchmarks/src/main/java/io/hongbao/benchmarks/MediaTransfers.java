package io.hongbao.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.standalone.wire.WireClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// One file of 200 MiB up and down through signed URLs, and 50 uploads at once: how fast, and what
/// of the server's heap is in use meanwhile, the embedded S3 store in the same JVM.
final class MediaTransfers {

  private static final int MEBIBYTE = 1 << 20;
  private static final int LARGE_MEBIBYTES = 200;
  private static final int SMALL_MEBIBYTES = 4;
  private static final int AT_ONCE = 50;

  private final HttpClient http = HttpClient.newHttpClient();
  private final WireClient client;
  private final ServerProcess server;
  private final Table table =
      new Table(
          "Media through signed URLs",
          List.of("what", "seconds", "MiB/s", "live heap before, MiB", "most meanwhile, MiB"));

  private MediaTransfers(WireClient client, ServerProcess server) {
    this.client = client;
    this.server = server;
  }

  /// A file to upload.
  private record Sample(Path file, int mebibytes, String sha256) {}

  @FunctionalInterface
  private interface Step {
    void run() throws IOException, InterruptedException, ExecutionException;
  }

  static void run(Servers servers) throws IOException, InterruptedException, ExecutionException {
    Path folder = Files.createTempDirectory("media");
    try (ServerProcess server = servers.hongbao(new Workload("media", 1, 2, 1));
        var client =
            WireClient.open(server.port(), WireClient.register(server.port(), "Ann"), "bench")) {
      new MediaTransfers(client, server).measure(folder);
    }
  }

  private void measure(Path folder) throws IOException, InterruptedException, ExecutionException {
    upload(sample(folder, 1, 0)); // everything is loaded
    Sample large = sample(folder, LARGE_MEBIBYTES, 1);
    var ids = new ArrayList<String>();
    row("one upload, checked", LARGE_MEBIBYTES, () -> ids.add(upload(large)));
    row("one download", LARGE_MEBIBYTES, () -> download(ids.getFirst(), folder.resolve("back")));
    var small = new ArrayList<Sample>();
    for (int i = 0; i < AT_ONCE; i++) {
      small.add(sample(folder, SMALL_MEBIBYTES, 2 + i));
    }
    row(AT_ONCE + " uploads at once, checked", AT_ONCE * SMALL_MEBIBYTES, () -> uploadAll(small));
  }

  private void row(String what, int mebibytes, Step step)
      throws IOException, InterruptedException, ExecutionException {
    long before = server.liveHeapBytes();
    var most = new AtomicLong(before);
    Thread watch =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    most.accumulateAndGet(liveHeap(), Math::max);
                  }
                });
    long begin = System.nanoTime();
    step.run();
    double seconds = (System.nanoTime() - begin) / 1e9;
    watch.interrupt();
    watch.join();
    table.row(
        what,
        Table.number(seconds),
        Table.number(mebibytes / seconds),
        Table.number((double) before / MEBIBYTE),
        Table.number(most.doubleValue() / MEBIBYTE));
  }

  private long liveHeap() {
    try {
      Thread.sleep(500);
      return server.liveHeapBytes();
    } catch (IOException | InterruptedException _) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private void uploadAll(List<Sample> samples) throws InterruptedException, ExecutionException {
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> all =
          samples.stream().map(sample -> people.submit(() -> upload(sample))).toList();
      for (Future<String> done : all) {
        var _ = done.get();
      }
    }
  }

  private String upload(Sample sample) throws IOException, InterruptedException {
    JsonNode ticket =
        client.ask(
            "media.prepare",
            Map.of(
                "kind",
                "file",
                "contentType",
                "application/octet-stream",
                "bytes",
                sample.mebibytes() * MEBIBYTE,
                "sha256",
                sample.sha256()));
    var request =
        HttpRequest.newBuilder(URI.create(ticket.get("uploadUrl").textValue()))
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofFile(sample.file()))
            .build();
    int status = http.send(request, BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("the store answered " + status);
    }
    String mediaId = ticket.get("mediaId").textValue();
    client.ask("media.complete", Map.of("mediaId", mediaId));
    return mediaId;
  }

  private void download(String mediaId, Path file) throws IOException, InterruptedException {
    String url = client.ask("media.url", Map.of("mediaId", mediaId)).get("url").textValue();
    var _ = http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofFile(file));
  }

  private static Sample sample(Path folder, int mebibytes, long seed) throws IOException {
    Path file = folder.resolve("sample-" + seed);
    MessageDigest digest = digest();
    var random = new Random(System.nanoTime() + seed); // else it would be stored already
    byte[] block = new byte[MEBIBYTE];
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      for (int i = 0; i < mebibytes; i++) {
        random.nextBytes(block);
        out.write(block);
      }
    }
    return new Sample(file, mebibytes, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
