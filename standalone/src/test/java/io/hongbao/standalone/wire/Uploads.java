package io.hongbao.standalone.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/// What a client does with signed URLs.
public final class Uploads {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

  private Uploads() {}

  public static Map<String, Object> announcement(String kind, String contentType, byte[] content) {
    return Map.of(
        "kind",
        kind,
        "contentType",
        contentType,
        "bytes",
        content.length,
        "sha256",
        sha256(content));
  }

  /// Announces, uploads and has it checked; returns the `media` of the reply.
  static JsonNode upload(WireClient client, String kind, String contentType, byte[] content) {
    JsonNode ticket = client.ask("media.prepare", announcement(kind, contentType, content));
    put(ticket, content);
    return client
        .ask("media.complete", Map.of("mediaId", ticket.get("mediaId").textValue()))
        .get("media");
  }

  public static void put(JsonNode ticket, byte[] content) {
    var request = HttpRequest.newBuilder(URI.create(ticket.get("uploadUrl").textValue()));
    ticket
        .get("headers")
        .properties()
        .forEach(header -> request.header(header.getKey(), header.getValue().textValue()));
    int status = send(request.PUT(BodyPublishers.ofByteArray(content)).build()).statusCode();
    if (status != 200) {
      throw new AssertionError("the store answered " + status);
    }
  }

  static byte[] download(WireClient client, String mediaId) {
    String url = client.ask("media.url", Map.of("mediaId", mediaId)).get("url").textValue();
    return get(URI.create(url)).body();
  }

  static HttpResponse<byte[]> get(URI url) {
    return send(HttpRequest.newBuilder(url).build());
  }

  private static HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
