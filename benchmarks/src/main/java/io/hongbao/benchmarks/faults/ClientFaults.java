package io.hongbao.benchmarks.faults;

import io.hongbao.benchmarks.faults.Flaw.Kind;
import java.io.IOException;

/// Clients that are slow, and clients that all come at once.
final class ClientFaults {

  private static final int LOUD_CHARACTERS = 4_000;

  /// Write buffer of the one slow client, and what a busy server's buffers vary by.
  private static final long BUFFER_BYTES_MAX = 8 << 20;

  /// What a busy machine may add to others' replies by chance.
  private static final long OTHERS_SLOWER_MS_MAX = 250;

  private ClientFaults() {}

  /// One person's network takes nothing while everybody sends long texts.
  static void stall(Scene scene) throws IOException, InterruptedException {
    Crowd crowd = scene.crowd();
    Stage stage = scene.stage();
    crowd.speakLoudly(LOUD_CHARACTERS);
    crowd.awaitMessages(200);
    long calmMs = crowd.takeReplyMs(99);
    long buffers = stage.metric("hongbao_gateway_buffer_bytes");
    long skipped = stage.metric("hongbao_gateway_skipped_total");
    Person slow = crowd.last();
    slow.stall();
    long most = 0;
    long end = System.nanoTime() + scene.held().multipliedBy(2).toNanos();
    while (System.nanoTime() < end
        || (stage.metric("hongbao_gateway_skipped_total") == skipped
            && System.nanoTime() < end + Crowd.WHOLE_WITHIN.toNanos())) {
      most = Math.max(most, stage.metric("hongbao_gateway_buffer_bytes"));
      Thread.sleep(100);
    }
    long stalledMs = crowd.takeReplyMs(99);
    long leftOut = stage.metric("hongbao_gateway_skipped_total") - skipped;
    slow.goOn();
    crowd.speakLoudly(0);

    scene.notes().count("events left out for it", leftOut);
    scene.notes().largest("buffers grew by KiB", Math.max(0, most - buffers) >> 10);
    scene.notes().largest("others' p99 reply ms before", calmMs);
    scene.notes().largest("others' p99 reply ms meanwhile", stalledMs);
    require(scene, leftOut > 0, "nothing was left out for the slow client");
    require(scene, most - buffers < BUFFER_BYTES_MAX, "the server's buffers grew");
    require(
        scene,
        stalledMs <= Math.max(calmMs * 3, calmMs + OTHERS_SLOWER_MS_MAX),
        "others waited: " + stalledMs + " ms");
  }

  static void stampede(Scene scene) throws InterruptedException {
    scene.crowd().cutAll();
    scene.notes().largest("clients", scene.crowd().size());
  }

  private static void require(Scene scene, boolean holds, String otherwise) {
    if (!holds) {
      scene.notes().flaw(new Flaw(Kind.OTHER, otherwise));
    }
  }
}
