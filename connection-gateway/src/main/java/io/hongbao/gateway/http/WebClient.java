package io.hongbao.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The files of the web client: what stands under `/web/` on the class path.
///
/// `/` and the pages that the client makes itself (`/join/…`) are `index.html`. A file is read
/// once, off the event loop, and kept: there are as many as the client has. Browsers ask each time
/// whether theirs is still the one (`ETag`), so a new version shows at once.
final class WebClient {

  private static final String INDEX = "index.html";

  /// Plain names only: no empty, hidden or parent folder, nothing to decode twice.
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("wav", "audio/wav"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("wasm", "application/wasm"));

  /// Scripts, styles and connections of this server only; pictures also from the media store.
  private static final String POLICY =
      "default-src 'self'; connect-src 'self' ws: wss: http: https:; img-src 'self' data: blob: http:"
          + " https:; media-src 'self' data: blob: http: https:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private static final String NOT_HERE =
      "<!doctype html><meta charset=utf-8><title>Hongbao</title><p>Nothing here. This server was"
          + " built without the web client, or the page does not exist.";

  private final Map<String, WebFile> files = new ConcurrentHashMap<>();
  private final Executor blocking;

  WebClient(Executor blocking) {
    this.blocking = blocking;
  }

  private record WebFile(String contentType, byte[] bytes, String etag) {}

  CompletionStage<HttpAnswer> answer(HttpCall call) {
    String path = call.path();
    String name = path.equals("/") || path.startsWith("/join/") ? "/" + INDEX : path;
    if (!PATH.matcher(name).matches()) {
      return CompletableFuture.completedStage(notHere());
    }
    WebFile known = files.get(name);
    if (known != null) {
      return CompletableFuture.completedStage(answer(call, known));
    }
    return CompletableFuture.supplyAsync(() -> read(name), blocking)
        .thenApply(file -> file == null ? notHere() : answer(call, file));
  }

  private @Nullable WebFile read(String name) {
    try (InputStream in = WebClient.class.getResourceAsStream("/web" + name)) {
      if (in == null || name.lastIndexOf('.') <= name.lastIndexOf('/')) {
        return null; // a folder has no ending
      }
      byte[] bytes = in.readAllBytes();
      String ending = name.substring(name.lastIndexOf('.') + 1);
      var file =
          new WebFile(TYPES.getOrDefault(ending, "application/octet-stream"), bytes, etag(bytes));
      files.put(name, file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpAnswer answer(HttpCall call, WebFile file) {
    boolean same = file.etag.equals(call.headers().get("if-none-match"));
    return page(
            same ? HttpResponseStatus.NOT_MODIFIED : HttpResponseStatus.OK,
            file.contentType,
            same ? new byte[0] : file.bytes)
        .with("etag", file.etag)
        .with("cache-control", "no-cache");
  }

  private static HttpAnswer notHere() {
    return page(
        HttpResponseStatus.NOT_FOUND,
        "text/html; charset=utf-8",
        NOT_HERE.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpAnswer page(HttpResponseStatus status, String contentType, byte[] body) {
    return HttpAnswer.of(status, contentType, body)
        .with("content-security-policy", POLICY)
        .with("referrer-policy", "no-referrer");
  }

  private static String etag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
