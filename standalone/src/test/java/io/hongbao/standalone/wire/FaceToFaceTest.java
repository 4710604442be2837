package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.standalone.Server;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// "Face-to-face groups" of the protocol over the wire.
@ExtendWith(ServerExtension.class)
final class FaceToFaceTest {

  private final int port;

  FaceToFaceTest(Server server) {
    this.port = server.port();
  }

  @Test
  void threePeopleMeetByACodeAndTalk() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob");
        var cid = WireClient.join(port, "Cid")) {
      Map<String, Object> here = here("3141");
      assertThat(ann.ask("face.enter", here).get("waiting")).hasSize(1);
      JsonNode waiting = bob.ask("face.enter", here).get("waiting");
      assertThat(waiting.get(0).get("nickname").textValue()).isEqualTo("Ann");
      assertThat(waiting.get(1).get("nickname").textValue()).isEqualTo("Bob");
      ann.await("face", data -> data.get("waiting").size() == 2);

      JsonNode made = bob.ask("face.confirm", Map.of("code", "3141"));
      assertThat(made.get("created").booleanValue()).isTrue();
      String group = made.get("group").get("groupId").textValue();
      ann.await("face", data -> group.equals(data.path("groupId").textValue()));
      assertThat(ann.ask("face.confirm", Map.of("code", "3141")).get("created").booleanValue())
          .isFalse();
      assertThat(cid.ask("face.enter", here).get("groupId").textValue()).isEqualTo(group);
      cid.ask("face.confirm", Map.of("code", "3141"));

      long seq = cid.say(group, "hello");
      for (WireClient client : new WireClient[] {ann, bob, cid}) {
        client.awaitMessage(group, seq);
        client.await(
            "conversation",
            data -> data.path("conversation").path("group").path("groupId").asText().equals(group));
      }
      assertThat(ann.ask("group.get", Map.of("groupId", group)).get("group").get("memberCount"))
          .hasToString("3");
    }
  }

  @Test
  void whoIsNotThereCannotConfirm() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob")) {
      ann.ask("face.enter", here("2718"));
      assertThat(bob.refusal("face.confirm", Map.of("code", "2718"))).isEqualTo("code_expired");
      assertThat(bob.ask("face.leave", Map.of("code", "2718"))).isEmpty();
      JsonNode error = bob.refused("face.enter", Map.of("code", "2718", "latitude", 1));
      assertThat(error.get("code").textValue()).isEqualTo("invalid_argument");
      assertThat(error.get("field").textValue()).isEqualTo("longitude");
    }
  }

  @Test
  void theServerSaysThatItHasIt() {
    WireClient.Account account = WireClient.register(port, "Ann");
    try (var ann = WireClient.connect(port, account)) {
      JsonNode opened =
          ann.ask("session.open", Map.of("token", account.token(), "deviceId", "phone"));
      assertThat(opened.get("features")).anyMatch(word -> word.textValue().equals("face"));
    }
  }

  private static Map<String, Object> here(String code) {
    return Map.of("code", code, "latitude", 31.2304, "longitude", 121.4737);
  }
}
