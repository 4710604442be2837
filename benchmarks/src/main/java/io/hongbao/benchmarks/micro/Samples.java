package io.hongbao.benchmarks.micro;

import java.nio.charset.StandardCharsets;

/// The message that the small benchmarks measure with: a text of 200 bytes.
public final class Samples {

  private static final String TEXT =
      "All the tea in China, and the cups to drink it from. ".repeat(4);
  private static final int TEXT_BYTES = 200;

  private Samples() {}

  public static String text() {
    return TEXT.substring(0, TEXT_BYTES);
  }

  public static byte[] clientKey() {
    return "6fb2c7e0-93a4".getBytes(StandardCharsets.US_ASCII);
  }

  /// The `data` of a `message.send`.
  public static byte[] sendData() {
    return data().getBytes(StandardCharsets.UTF_8);
  }

  /// A whole `message.send` as it comes in.
  public static byte[] sendFrame() {
    return ("{\"id\":4711,\"op\":\"message.send\",\"data\":" + data() + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String data() {
    return "{\"groupId\":\"912121168775892992\",\"clientMessageId\":\""
        + new String(clientKey(), StandardCharsets.US_ASCII)
        + "\",\"type\":\"text\",\"content\":{\"text\":\""
        + text()
        + "\"}}";
  }
}
