package io.hongbao.gateway.kit;

import io.hongbao.common.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// A WebSocket client made of a socket: sends what no library would, and reads when it is told to.
public final class RawClient implements AutoCloseable {

  /// @param compressed whether RSV1 was set; the payload is inflated already
  public record Frame(int opcode, boolean compressed, byte[] payload) {
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final String handshake;

  private RawClient(Socket socket, URI uri, String... headers) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(10_000);
    this.in = new DataInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
    var request = new StringBuilder();
    request.append("GET ").append(uri.getPath()).append(" HTTP/1.1\r\n");
    request.append("Host: ").append(uri.getHost()).append("\r\n");
    request.append("Upgrade: websocket\r\nConnection: Upgrade\r\n");
    request.append("Sec-WebSocket-Version: 13\r\n");
    request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    out.write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    this.handshake = readHead();
  }

  public static RawClient connect(URI uri, String... headers) throws IOException {
    return connect(new Socket(uri.getHost(), uri.getPort()), uri, headers);
  }

  public static RawClient connect(Socket socket, URI uri, String... headers) throws IOException {
    return new RawClient(socket, uri, headers);
  }

  /// The answer to the upgrade: status line and headers.
  public String handshake() {
    return handshake;
  }

  public void open(String token, String deviceId) throws IOException {
    sendText(
        "{\"id\":1,\"op\":\"session.open\",\"data\":{\"token\":\"%s\",\"deviceId\":\"%s\"}}"
            .formatted(token, deviceId));
    String reply = readText();
    if (Json.mapper().readTree(reply).path("data").isMissingNode()) {
      throw new AssertionError(reply);
    }
  }

  public void sendText(String text) throws IOException {
    send(0x81, text.getBytes(StandardCharsets.UTF_8));
  }

  public void send(int firstByte, byte[] payload) throws IOException {
    byte[] mask = {1, 2, 3, 4};
    byte[] masked = payload.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= mask[i & 3];
    }
    var frame = new ByteArrayOutputStream();
    writeHeader(frame, firstByte, payload.length, 0x80);
    frame.writeBytes(mask);
    frame.writeBytes(masked);
    write(frame.toByteArray());
  }

  public void sendUnmasked(int firstByte, byte[] payload) throws IOException {
    var frame = new ByteArrayOutputStream();
    writeHeader(frame, firstByte, payload.length, 0);
    frame.writeBytes(payload);
    write(frame.toByteArray());
  }

  /// Several messages in one piece of bytes.
  public void sendTogether(Iterable<String> texts) throws IOException {
    var frames = new ByteArrayOutputStream();
    for (String text : texts) {
      byte[] payload = text.getBytes(StandardCharsets.UTF_8);
      writeHeader(frames, 0x81, payload.length, 0x80);
      frames.writeBytes(new byte[4]); // a mask of zeros changes nothing
      frames.writeBytes(payload);
    }
    write(frames.toByteArray());
  }

  /// The same, each compressed for itself.
  public void sendTogetherCompressed(Iterable<String> texts) {
    var frames = new ByteArrayOutputStream();
    for (String text : texts) {
      byte[] payload = deflate(text.getBytes(StandardCharsets.UTF_8));
      writeHeader(frames, 0xC1, payload.length, 0x80);
      frames.writeBytes(new byte[4]);
      frames.writeBytes(payload);
    }
    write(frames.toByteArray());
  }

  public Frame read() throws IOException {
    int first = in.readUnsignedByte();
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = in.readNBytes((int) length);
    boolean compressed = (first & 0x40) != 0;
    return new Frame(first & 0x0F, compressed, compressed ? inflate(payload) : payload);
  }

  /// The next text message; pings are passed over, not answered.
  public String readText() throws IOException {
    while (true) {
      Frame frame = read();
      if (frame.opcode() == 1) {
        return frame.text();
      }
      if (frame.opcode() == 8) {
        throw new AssertionError("closed: " + code(frame));
      }
    }
  }

  /// Reads up to the close frame.
  public int closeCode() throws IOException {
    while (true) {
      Frame frame = read();
      if (frame.opcode() == 8) {
        return code(frame);
      }
    }
  }

  public boolean isAtEnd() throws IOException {
    try {
      in.readByte();
      return false;
    } catch (EOFException _) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static int code(Frame frame) {
    byte[] payload = frame.payload();
    return payload.length < 2 ? 1005 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
  }

  private void write(byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException _) {
      // the server may have closed already; what it said is still to be read
    }
  }

  private String readHead() throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  private static void writeHeader(
      ByteArrayOutputStream out, int firstByte, int length, int maskBit) {
    out.write(firstByte);
    if (length < 126) {
      out.write(length | maskBit);
    } else if (length <= 0xFFFF) {
      out.write(126 | maskBit);
      out.write(length >> 8);
      out.write(length);
    } else {
      out.write(127 | maskBit);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) ((long) length >> shift));
      }
    }
  }

  private static byte[] deflate(byte[] payload) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(payload);
      byte[] out = new byte[payload.length + 64];
      int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
      return Arrays.copyOf(out, length - 4); // RFC 7692, section 7.2.1
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflate(byte[] payload) throws IOException {
    var inflater = new Inflater(true);
    try {
      byte[] input = Arrays.copyOf(payload, payload.length + 4);
      input[payload.length + 2] = (byte) 0xFF;
      input[payload.length + 3] = (byte) 0xFF;
      inflater.setInput(input);
      var out = new ByteArrayOutputStream();
      byte[] part = new byte[8_192];
      for (int n = inflater.inflate(part); n > 0; n = inflater.inflate(part)) {
        out.write(part, 0, n);
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IOException(e);
    } finally {
      inflater.end();
    }
  }
}
