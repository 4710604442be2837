package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.standalone.Server;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Media in groups, through real sockets and a real store.
@ExtendWith(ServerExtension.class)
final class MediaTest {

  private final int port;

  MediaTest(Server server) {
    this.port = server.port();
  }

  @Test
  void aPictureIsSentAndSeenByMembersUntilItIsRecalled() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob");
        var eve = WireClient.join(port, "Eve")) {
      String group = ann.createGroup("friends", bob.userId());
      byte[] picture = png(640, 320);
      String mediaId =
          Uploads.upload(ann, "image", "image/png", picture).get("mediaId").textValue();
      Map<String, Object> which = Map.of("mediaId", mediaId);
      assertThat(bob.refusal("media.url", which)).isEqualTo("forbidden");

      long seq = send(ann, group, "image", which).get("seq").longValue();
      JsonNode content = bob.awaitMessage(group, seq).get("content");
      assertThat(content.get("width").intValue()).isEqualTo(640);
      assertThat(content.get("height").intValue()).isEqualTo(320);
      assertThat(content.get("bytes").intValue()).isEqualTo(picture.length);
      assertThat(content.get("contentType").textValue()).isEqualTo("image/png");
      assertThat(Uploads.download(bob, content.get("mediaId").textValue())).isEqualTo(picture);
      assertThat(Uploads.download(bob, content.get("thumbnailMediaId").textValue())).isNotEmpty();
      assertThat(eve.refusal("media.url", which)).isEqualTo("forbidden");
      assertThat(
              bob.ask("conversation.list", Map.of())
                  .get("conversations")
                  .get(0)
                  .get("unread")
                  .intValue())
          .isEqualTo(1);

      ann.ask("message.recall", Map.of("groupId", group, "seq", seq));
      assertThat(bob.refusal("media.url", which)).isEqualTo("forbidden");
      assertThat(Uploads.download(ann, mediaId)).isEqualTo(picture);
    }
  }

  @Test
  void whoJoinsLaterSeesWhatTheHistoryPolicyLets() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob")) {
      String group = ann.createGroup("friends");
      ann.ask(
          "group.update", Map.of("groupId", group, "rules", Map.of("historyPolicy", "since_join")));
      String mediaId =
          Uploads.upload(ann, "file", "text/plain", new byte[] {1}).get("mediaId").textValue();
      Map<String, Object> which = Map.of("mediaId", mediaId);
      send(ann, group, "file", Map.of("mediaId", mediaId, "name", "一.txt"));
      ann.ask("group.invite", Map.of("groupId", group, "userIds", List.of(bob.userId())));
      assertThat(bob.refusal("media.url", which)).isEqualTo("forbidden");
      ann.ask("group.update", Map.of("groupId", group, "rules", Map.of("historyPolicy", "all")));
      assertThat(Uploads.download(bob, mediaId)).isEqualTo(new byte[] {1});
      bob.ask("group.leave", Map.of("groupId", group));
      assertThat(bob.refusal("media.url", which)).isEqualTo("forbidden");
    }
  }

  @Test
  void onlyWhatTheSenderHasCompletedIsSent() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob")) {
      String group = ann.createGroup("friends", bob.userId());
      byte[] content = {1, 2, 3};
      JsonNode ticket =
          ann.ask("media.prepare", Uploads.announcement("file", "text/plain", content));
      Map<String, Object> which = Map.of("mediaId", ticket.get("mediaId").textValue());
      assertThat(refusal(ann, group, "file", which)).isEqualTo("not_found");
      Uploads.put(ticket, content);
      ann.ask("media.complete", which);
      assertThat(refusal(ann, group, "file", which)).isEqualTo("invalid_argument"); // no name
      assertThat(refusal(ann, group, "image", which)).isEqualTo("not_found");
      assertThat(refusal(bob, group, "file", which)).isEqualTo("not_found");
      assertThat(refusal(ann, group, "file", Map.of("mediaId", "77"))).isEqualTo("not_found");
    }
  }

  @Test
  void aVideoMayHaveACoverOfItsSendersOwn() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob")) {
      String group = ann.createGroup("friends", bob.userId());
      JsonNode cover = Uploads.upload(ann, "image", "image/png", png(32, 32));
      JsonNode video = Uploads.upload(ann, "video", "video/webm", webm());
      var content =
          Map.<String, Object>of(
              "mediaId", video.get("mediaId").textValue(),
              "coverMediaId", cover.get("mediaId").textValue());
      long seq = send(ann, group, "video", content).get("seq").longValue();
      JsonNode sent = bob.awaitMessage(group, seq).get("content");
      assertThat(sent.get("thumbnailMediaId")).isEqualTo(cover.get("thumbnailMediaId"));
      assertThat(Uploads.download(bob, sent.get("thumbnailMediaId").textValue())).isNotEmpty();
    }
  }

  /// Looking a medium up takes longer than what follows: the order holds all the same.
  @Test
  void keepsTheOrderOfWhatOneConnectionSends() {
    try (var ann = WireClient.join(port, "Ann")) {
      String group = ann.createGroup("alone");
      String mediaId =
          Uploads.upload(ann, "file", "text/plain", new byte[] {9}).get("mediaId").textValue();
      List<CompletableFuture<JsonNode>> replies =
          IntStream.range(0, 20)
              .mapToObj(
                  i ->
                      ann.send(
                          "message.send",
                          i % 2 == 0
                              ? message(
                                  group, "m" + i, "file", Map.of("mediaId", mediaId, "name", "n"))
                              : message(group, "m" + i, "text", Map.of("text", "t"))))
              .toList();
      assertThat(replies)
          .extracting(reply -> reply.join().get("data").get("seq").longValue())
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aRepeatGetsTheFirstAnswer() {
    try (var ann = WireClient.join(port, "Ann")) {
      String group = ann.createGroup("alone");
      String mediaId =
          Uploads.upload(ann, "file", "text/plain", new byte[] {8}).get("mediaId").textValue();
      var message = message(group, "key", "file", Map.of("mediaId", mediaId, "name", "a"));
      JsonNode first = ann.ask("message.send", message);
      JsonNode again = ann.ask("message.send", message);
      assertThat(again.get("seq")).isEqualTo(first.get("seq"));
      assertThat(again.get("duplicate").booleanValue()).isTrue();
      assertThat(
              ann.refusal(
                  "message.send",
                  message(group, "key", "file", Map.of("mediaId", mediaId, "name", "b"))))
          .isEqualTo("conflict");
    }
  }

  @Test
  void aPersonAndAGroupHaveAvatarsThatOthersSee() throws IOException {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob")) {
      String group = ann.createGroup("friends", bob.userId());
      JsonNode avatar = Uploads.upload(ann, "avatar", "image/png", png(1_000, 1_000));
      Map<String, Object> which = Map.of("avatarMediaId", avatar.get("mediaId").textValue());
      ann.ask("user.update", which);
      ann.ask(
          "group.update", Map.of("groupId", group, "avatarMediaId", which.get("avatarMediaId")));

      JsonNode user =
          bob.ask("user.get", Map.of("userIds", List.of(ann.userId()))).get("users").get(0);
      JsonNode changed = bob.awaitMessage(group, 3).get("content");
      assertThat(changed.get("avatarMediaId")).isEqualTo(avatar.get("mediaId"));
      JsonNode conversation =
          bob.ask("conversation.list", Map.of()).get("conversations").get(0).get("group");
      assertThat(conversation.get("avatarUrl")).isEqualTo(user.get("avatarUrl"));

      var answer =
          Uploads.get(URI.create("http://127.0.0.1:" + port + user.get("avatarUrl").textValue()));
      assertThat(answer.statusCode()).isEqualTo(200);
      BufferedImage shown = ImageIO.read(new ByteArrayInputStream(answer.body()));
      assertThat(shown.getWidth()).isEqualTo(480);
    }
  }

  @Test
  void onlyAnAvatarOfOnesOwnIsOne() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob")) {
      byte[] picture = png(20, 20);
      JsonNode ticket =
          ann.ask("media.prepare", Uploads.announcement("avatar", "image/png", picture));
      Map<String, Object> which = Map.of("avatarMediaId", ticket.get("mediaId").textValue());
      URI url = URI.create("http://127.0.0.1:" + port + "/avatars/" + which.get("avatarMediaId"));
      assertThat(ann.refusal("user.update", which)).isEqualTo("not_found"); // not uploaded yet
      assertThat(Uploads.get(url).statusCode()).isEqualTo(404);
      Uploads.upload(ann, "avatar", "image/png", picture);
      assertThat(bob.refusal("user.update", which)).isEqualTo("not_found");
      assertThat(Uploads.get(url).statusCode()).isEqualTo(200);

      JsonNode image = Uploads.upload(ann, "image", "image/png", picture);
      String imageId = image.get("mediaId").textValue();
      assertThat(ann.refusal("user.update", Map.of("avatarMediaId", imageId)))
          .isEqualTo("not_found");
      for (String other : List.of(imageId, image.get("thumbnailMediaId").textValue())) {
        assertThat(Uploads.get(url.resolve("/avatars/" + other)).statusCode()).isEqualTo(404);
      }
    }
  }

  private static JsonNode send(
      WireClient client, String group, String type, Map<String, Object> content) {
    return client.ask("message.send", message(group, "m-" + content.hashCode(), type, content));
  }

  private static String refusal(
      WireClient client, String group, String type, Map<String, Object> content) {
    return client.refusal("message.send", message(group, "m-" + type, type, content));
  }

  private static Map<String, Object> message(
      String group, String key, String type, Map<String, Object> content) {
    return Map.of("groupId", group, "clientMessageId", key, "type", type, "content", content);
  }

  private static byte[] png(int width, int height) {
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// An EBML head of type webm, and a segment with nothing in it.
  private static byte[] webm() {
    return new byte[] {
      0x1A,
      0x45,
      (byte) 0xDF,
      (byte) 0xA3,
      (byte) 0x87,
      0x42,
      (byte) 0x82,
      (byte) 0x84,
      'w',
      'e',
      'b',
      'm',
      0x18,
      0x53,
      (byte) 0x80,
      0x67,
      (byte) 0x80
    };
  }
}
