package io.hongbao.standalone.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.standalone.Server;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// [GoldenFrames] of media.
@ExtendWith(ServerExtension.class)
final class GoldenMediaFramesTest {

  /// A grey PNG of 6 x 4 pixels, to the byte.
  private static final String PICTURE =
      "iVBORw0KGgoAAAANSUhEUgAAAAYAAAAECAAAAACIbxGfAAAA"
          + "DklEQVR4nGM4AAYM2CgA/BwSAZS1ldcAAAAASUVORK5CYII=";

  private final int port;
  private final GoldenFrames golden = new GoldenFrames();

  GoldenMediaFramesTest(Server server) {
    this.port = server.port();
  }

  @Test
  void areAsTheyWere() throws IOException {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob")) {
      golden.name(ann.userId(), "<ann>");
      golden.name(ann.account().username(), "<ann's username>");
      golden.name(bob.userId(), "<bob>");
      String group = ann.createGroup("friends", bob.userId());
      golden.name(group, "<group>");
      byte[] picture = Base64.getDecoder().decode(PICTURE);
      JsonNode ticket =
          golden.ask(ann, "media.prepare", Uploads.announcement("image", "image/png", picture));
      String mediaId = ticket.get("mediaId").textValue();
      golden.name(mediaId, "<medium>");
      Map<String, Object> which = Map.of("mediaId", mediaId);
      golden.ask(ann, "media.parts", which);
      golden.ask(ann, "media.complete", which, "media.complete.media_mismatch");
      Uploads.put(ticket, picture);
      golden.ask(ann, "media.complete", which);
      golden.ask(
          ann,
          "media.prepare",
          Uploads.announcement("image", "image/png", picture),
          "media.prepare.complete");
      golden.ask(bob, "media.url", which, "media.url.forbidden");
      golden.ask(
          ann,
          "message.send",
          Map.of("groupId", group, "clientMessageId", "m1", "type", "image", "content", which),
          "message.send.image");
      golden.event("message.image", bob.awaitMessage(group, 3));
      golden.ask(bob, "media.url", which);

      String avatarId =
          Uploads.upload(ann, "avatar", "image/png", picture).get("mediaId").textValue();
      golden.name(avatarId, "<avatar>");
      golden.name("/avatars/" + avatarId, "/avatars/<avatar>");
      Map<String, Object> avatar = Map.of("avatarMediaId", avatarId);
      golden.ask(ann, "user.update", avatar, "user.update.avatar");
      golden.ask(
          ann,
          "group.update",
          Map.of("groupId", group, "avatarMediaId", avatarId),
          "group.update.avatar");
      golden.event("message.avatar", bob.awaitMessage(group, 4));
      golden.ask(bob, "user.update", avatar, "user.update.not_found");
    }
  }
}
