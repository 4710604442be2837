package io.hongbao.common.contract;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/// Encoded events one behind the other: made once by the service that made the events, and shared
/// by every member's socket.
///
/// @param bytes the payloads without any framing between them; never changed once made
/// @param ends for each event the offset behind its last byte, ascending
public record Frames(byte[] bytes, int[] ends) {

  public static Frames of(byte[] event) {
    return new Frames(event, new int[] {event.length});
  }

  public static Frames of(List<byte[]> events) {
    var bytes = new ByteArrayOutputStream(events.stream().mapToInt(e -> e.length).sum());
    int[] ends = new int[events.size()];
    for (int i = 0; i < ends.length; i++) {
      bytes.writeBytes(events.get(i));
      ends[i] = bytes.size();
    }
    return new Frames(bytes.toByteArray(), ends);
  }

  public int count() {
    return ends.length;
  }

  public int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  public byte[] event(int index) {
    return Arrays.copyOfRange(bytes, start(index), ends[index]);
  }
}
