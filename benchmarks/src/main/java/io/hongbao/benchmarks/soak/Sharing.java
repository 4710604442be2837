package io.hongbao.benchmarks.soak;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.standalone.wire.Uploads;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import javax.imageio.ImageIO;

/// A chatter's pictures: each is another one, so that none is stored already.
final class Sharing {

  private static final int SIDE_PIXELS = 32;

  private final Chatter chatter;
  private final Map<String, String> pictures;

  /// @param pictures the last picture of each group, common to all chatters
  Sharing(Chatter chatter, Map<String, String> pictures) {
    this.chatter = chatter;
    this.pictures = pictures;
  }

  /// Announced, uploaded at once or as a part, checked, and sent into the group.
  void share() {
    byte[] picture = picture();
    JsonNode ticket =
        chatter.ask("media.prepare", Uploads.announcement("image", "image/png", picture));
    if (ticket == null) {
      return;
    }
    String mediaId = ticket.get("mediaId").textValue();
    Map<String, Object> which = Map.of("mediaId", mediaId);
    if (chatter.flip()) {
      JsonNode page = chatter.ask("media.parts", which);
      if (page == null) {
        return;
      }
      ticket = page.get("parts").get(0);
    }
    Uploads.put(ticket, picture);
    if (chatter.ask("media.complete", which) != null && send(which)) {
      pictures.put(chatter.groupId(), mediaId);
    }
  }

  void look() {
    String mediaId = pictures.get(chatter.groupId());
    if (mediaId == null) {
      share();
    } else {
      chatter.ask("media.url", Map.of("mediaId", mediaId));
    }
  }

  private boolean send(Map<String, Object> which) {
    return chatter.ask(
            "message.send",
            Map.of(
                "groupId",
                chatter.groupId(),
                "clientMessageId",
                chatter.key(),
                "type",
                "image",
                "content",
                which))
        != null;
  }

  private static byte[] picture() {
    var image = new BufferedImage(SIDE_PIXELS, SIDE_PIXELS, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < SIDE_PIXELS; x++) {
      for (int y = 0; y < SIDE_PIXELS; y++) {
        image.setRGB(x, y, ThreadLocalRandom.current().nextInt());
      }
    }
    var png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }
}
