package io.hongbao.message.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.InvalidFieldException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdminRequestTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # operation    | data                                                  | field
          group.update   | 'name': 'n'                                           | groupId
          group.update   | 'groupId': '7', 'name': ''                            | name
          group.update   | 'groupId': '7', 'announcement': 5                     | announcement
          group.update   | 'groupId': '7', 'avatarMediaId': 5                    | avatarMediaId
          group.update   | 'groupId': '7', 'rules': []                           | rules
          group.update   | 'groupId': '7', 'rules': {'joinPolicy': 'closed'}     | rules.joinPolicy
          group.update   | 'groupId': '7', 'rules': {'invitePolicy': 'owner'}    | rules.invitePolicy
          group.update   | 'groupId': '7', 'rules': {'postPolicy': 1}            | rules.postPolicy
          group.update   | 'groupId': '7', 'rules': {'historyPolicy': 'none'}    | rules.historyPolicy
          group.update   | 'groupId': '7', 'rules': {'slowModeMs': -1}           | rules.slowModeMs
          group.update   | 'groupId': '7', 'rules': {'slowModeMs': 3600001}      | rules.slowModeMs
          group.update   | 'groupId': '7', 'rules': {'joinQuestion': 7}          | rules.joinQuestion
          group.remove   | 'groupId': '7', 'userIds': []                         | userIds
          group.remove   | 'groupId': '7', 'userIds': ['1'], 'ban': 'yes'        | ban
          group.unban    | 'groupId': '7'                                        | userId
          group.set_role | 'groupId': '7', 'userId': '1', 'role': 'owner'        | role
          group.set_role | 'groupId': '7', 'userId': '1'                         | role
          group.transfer | 'groupId': '7', 'userId': 1                           | userId
          group.mute     | 'groupId': '7', 'userId': '1'                         | untilAt
          group.mute     | 'groupId': '7', 'userId': '1', 'untilAt': -1          | untilAt
          group.mute     | 'groupId': '7', 'userId': '1', 'untilAt': 1.5         | untilAt
          group.nickname | 'groupId': '7'                                        | nickname
          group.dissolve |                                                       | groupId
          group.decide   | 'requestId': '7'                                      | accept
          group.decide   | 'accept': true                                        | requestId
          group.requests | 'groupId': '7', 'limit': 0                            | limit
          group.bans     | 'groupId': '7', 'cursor': 'x'                         | cursor
          group.audit    | 'groupId': '7', 'limit': 201                          | limit
          """)
  void namesTheFieldAtFault(String op, @Nullable String data, String field) {
    InvalidFieldException e =
        catchThrowableOfType(
            InvalidFieldException.class, () -> parse(op, data == null ? "" : data));
    assertThat(e).isNotNull();
    assertThat(e.refusal().field()).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # operation   | data                                                          | field
          message.pin   | 'groupId': '7', 'seq': 0                                      | seq
          message.unpin | 'seq': 1                                                      | groupId
          message.edit  | 'groupId': '7', 'seq': 1                                      | content
          message.edit  | 'groupId': '7', 'seq': 1, 'content': {'text': ''}             | content.text
          message.edit  | 'groupId': '7', 'seq': 1, 'content': {'text': 'a'}, 'mentions': ['x'] | mentions
          message.react | 'groupId': '7', 'seq': 1, 'emoji': 'abc'                      | emoji
          message.react | 'groupId': '7', 'seq': 1, 'emoji': '👍', 'remove': 1          | remove
          """)
  void namesTheFieldAtFaultOfWhatIsDoneToEntries(String op, String data, String field) {
    InvalidFieldException e =
        catchThrowableOfType(
            InvalidFieldException.class, () -> EntryRequest.parse(op, fields(data)));
    assertThat(e).isNotNull();
    assertThat(e.refusal().field()).isEqualTo(field);
  }

  @Test
  void boundsAreInCodePoints() {
    String longest = "🧧".repeat(AdminRequest.NICKNAME_CHARACTERS_MAX);
    assertThat(parse("group.nickname", "'groupId': '7', 'nickname': '%s'".formatted(longest)))
        .isNotNull();
    assertThat(
            catchThrowableOfType(
                InvalidFieldException.class,
                () ->
                    parse(
                        "group.nickname", "'groupId': '7', 'nickname': '%sx'".formatted(longest))))
        .isNotNull();
  }

  private static @Nullable AdminRequest parse(String op, String fields) {
    return AdminRequest.parse(op, fields(fields));
  }

  private static Fields fields(String fields) {
    String json = "{" + fields.replace('\'', '"') + "}";
    return Fields.of(json.getBytes(StandardCharsets.UTF_8));
  }
}
