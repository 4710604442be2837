package io.hongbao.message.account;

import static io.hongbao.message.account.TestAccounts.data;
import static io.hongbao.message.account.TestAccounts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hongbao.common.contract.MediaLibrary.Kind;
import io.hongbao.common.contract.MediaLibrary.Medium;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.wire.Json;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedServices.class)
class UsersTest {

  private final TestAccounts accounts;
  private long alice;
  private long bob;

  UsersTest(TestServices services) {
    this.accounts = TestAccounts.on(services);
  }

  @BeforeEach
  void beginAnew() throws SQLException {
    accounts.redis().sync().flushdb();
    accounts.execute("DELETE FROM user");
    alice = accounts.user("alice");
    bob = accounts.user("bob");
  }

  @AfterEach
  void close() {
    accounts.close();
  }

  @Test
  void getsUsersInTheOrderAskedWithoutTheUnknown() {
    JsonNode users = get(String.valueOf(bob), "4711", String.valueOf(alice), "0");

    assertThat(users).hasSize(2);
    assertThat(users.get(0)).isEqualTo(user(bob, "bob", "Nick"));
    assertThat(users.get(1)).isEqualTo(user(alice, "alice", "Nick"));
  }

  @Test
  void getsNobodyWhereNobodyIsAskedFor() {
    assertThat(get()).isEmpty();
    assertThat(get("4711", "9223372036854775807")).isEmpty();
  }

  @Test
  void getsAHundredAtOnce() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 98; i++) {
      ids.add(String.valueOf(accounts.user("user-" + i)));
    }
    ids.add(String.valueOf(alice));
    ids.add(String.valueOf(bob));

    JsonNode users = get(ids.toArray(String[]::new));

    assertThat(users).extracting(user -> user.path("userId").textValue()).isEqualTo(ids);
  }

  @Test
  void findsAUserByName() {
    assertThat(data(find("bob"))).isEqualTo(wrapped(user(bob, "bob", "Nick")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "BOB", "bo", "bob ", "爱丽丝", "%"})
  void findsNobodyByAnotherName(String username) {
    assertThat(refusal(find(username)).code()).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void changesTheNicknameForAll() {
    Reply reply = update("爱丽丝 🧧", null);

    assertThat(data(reply)).isEqualTo(wrapped(user(alice, "alice", "爱丽丝 🧧")));
    assertThat(data(find("alice"))).isEqualTo(data(reply));
    assertThat(get(String.valueOf(alice)).get(0)).isEqualTo(user(alice, "alice", "爱丽丝 🧧"));
    assertThat(data(find("bob"))).isEqualTo(wrapped(user(bob, "bob", "Nick")));
  }

  @Test
  void changesNothingWhereTheNicknameIsTheSame() {
    assertThat(data(update("Nick", null))).isEqualTo(wrapped(user(alice, "alice", "Nick")));
  }

  @Test
  void changesTheAvatarForAll() {
    accounts.media.putAvatar(alice, 7);
    accounts.media.putAvatar(alice, 8);

    Reply reply = update(null, "7");

    var pictured = (ObjectNode) user(alice, "alice", "Nick");
    assertThat(data(reply)).isEqualTo(wrapped(pictured.put("avatarUrl", "/avatars/7")));
    assertThat(data(update(null, "8"))).isEqualTo(wrapped(pictured.put("avatarUrl", "/avatars/8")));
    assertThat(data(find("alice"))).isEqualTo(wrapped(pictured));
    assertThat(get(String.valueOf(alice)).get(0)).isEqualTo(pictured);
    assertThat(data(update("Alicia", null))).isEqualTo(wrapped(pictured.put("nickname", "Alicia")));
    assertThat(data(find("bob"))).isEqualTo(wrapped(user(bob, "bob", "Nick")));
  }

  @Test
  void takesOnlyAnAvatarOfOnesOwnAndElseChangesNothing() {
    accounts.media.putAvatar(bob, 7);
    accounts.media.put(
        alice, new Medium(8, Kind.IMAGE, "image/png", 100, null, 64, 64, null, null));

    for (String mediaId : List.of("7", "8", "9")) {
      assertThat(refusal(update("Alicia", mediaId)).code()).isEqualTo(ErrorCode.NOT_FOUND);
    }
    assertThat(data(find("alice"))).isEqualTo(wrapped(user(alice, "alice", "Nick")));
  }

  private JsonNode get(String... ids) {
    return data(accounts.ask(alice, "user.get", Map.of("userIds", List.of(ids)))).path("users");
  }

  private Reply find(String username) {
    return accounts.ask(alice, "user.find", Map.of("username", username));
  }

  private Reply update(@Nullable String nickname, @Nullable String avatarMediaId) {
    var data = new HashMap<String, @Nullable Object>();
    data.put("nickname", nickname);
    data.put("avatarMediaId", avatarMediaId);
    return accounts.ask(alice, "user.update", data);
  }

  private static JsonNode user(long userId, String username, String nickname) {
    return Json.mapper()
        .valueToTree(
            Map.of("userId", String.valueOf(userId), "username", username, "nickname", nickname));
  }

  private static JsonNode wrapped(JsonNode user) {
    return Json.mapper().createObjectNode().set("user", user);
  }
}
