package io.hongbao.message.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.InvalidFieldException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdminRequestTest {

  private static final Pattern TEXT_OF = Pattern.compile("\\bn(\\d+)\\b");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # operation    | data                                                  | field
          group.update   | 'name': 'n'                                           | groupId
          group.update   | 'groupId': '7', 'name': ''                            | name
          group.update   | 'groupId': '7', 'name': 'n65'                         | name
          group.update   | 'groupId': '7', 'announcement': 5                     | announcement
          group.update   | 'groupId': '7', 'announcement': 'n2001'               | announcement
          group.update   | 'groupId': '7', 'avatarMediaId': 5                    | avatarMediaId
          group.update   | 'groupId': '7', 'rules': []                           | rules
          group.update   | 'groupId': '7', 'rules': {'joinPolicy': 'closed'}     | rules.joinPolicy
          group.update   | 'groupId': '7', 'rules': {'invitePolicy': 'owner'}    | rules.invitePolicy
          group.update   | 'groupId': '7', 'rules': {'postPolicy': 1}            | rules.postPolicy
          group.update   | 'groupId': '7', 'rules': {'historyPolicy': 'none'}    | rules.historyPolicy
          group.update   | 'groupId': '7', 'rules': {'slowModeMs': -1}           | rules.slowModeMs
          group.update   | 'groupId': '7', 'rules': {'slowModeMs': 3600001}      | rules.slowModeMs
          group.update   | 'groupId': '7', 'rules': {'joinQuestion': 7}          | rules.joinQuestion
          group.update   | 'groupId': '7', 'rules': {'joinQuestion': 'n201'}     | rules.joinQuestion
          group.remove   | 'userIds': ['1']                                      | groupId
          group.remove   | 'groupId': '7'                                        | userIds
          group.remove   | 'groupId': '7', 'userIds': ['-1']                     | userIds
          group.remove   | 'groupId': '7', 'userIds': []                         | userIds
          group.remove   | 'groupId': '7', 'userIds': ['1'], 'ban': 'yes'        | ban
          group.unban    | 'groupId': '7'                                        | userId
          group.unban    | 'userId': '1'                                         | groupId
          group.set_role | 'userId': '1', 'role': 'admin'                        | groupId
          group.set_role | 'groupId': '7', 'role': 'admin'                       | userId
          group.set_role | 'groupId': '7', 'userId': '1', 'role': 'owner'        | role
          group.set_role | 'groupId': '7', 'userId': '1'                         | role
          group.transfer | 'groupId': '7', 'userId': 1                           | userId
          group.transfer | 'groupId': '7'                                        | userId
          group.transfer | 'userId': '1'                                         | groupId
          group.mute     | 'userId': '1', 'untilAt': 0                           | groupId
          group.mute     | 'groupId': '7', 'untilAt': 0                          | userId
          group.mute     | 'groupId': '7', 'userId': '1'                         | untilAt
          group.mute     | 'groupId': '7', 'userId': '1', 'untilAt': 9007199254740992 | untilAt
          group.mute     | 'groupId': '7', 'userId': '1', 'untilAt': -1          | untilAt
          group.mute     | 'groupId': '7', 'userId': '1', 'untilAt': 1.5         | untilAt
          group.nickname | 'groupId': '7'                                        | nickname
          group.nickname | 'nickname': 'n'                                       | groupId
          group.nickname | 'groupId': '7', 'nickname': 'n33'                     | nickname
          group.dissolve |                                                       | groupId
          group.decide   | 'requestId': '7'                                      | accept
          group.decide   | 'accept': true                                        | requestId
          group.decide   | 'requestId': '7', 'accept': 'yes'                     | accept
          group.requests |                                                       | groupId
          group.bans     |                                                       | groupId
          group.audit    |                                                       | groupId
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
          message.pin   | 'groupId': '7'                                                | seq
          message.pin   | 'seq': 1                                                      | groupId
          message.unpin | 'groupId': '7', 'seq': -1                                     | seq
          message.edit  | 'seq': 1, 'content': {'text': 'a'}                            | groupId
          message.edit  | 'groupId': '7', 'content': {'text': 'a'}                      | seq
          message.edit  | 'groupId': '7', 'seq': 1, 'content': {}                       | content.text
          message.edit  | 'groupId': '7', 'seq': 1, 'content': {'text': 'n5001'}        | content.text
          message.react | 'seq': 1, 'emoji': '👍'                                       | groupId
          message.react | 'groupId': '7', 'emoji': '👍'                                 | seq
          message.react | 'groupId': '7', 'seq': 1                                      | emoji
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

  /// A text `n65` stands for one of 65 characters.
  private static Fields fields(String fields) {
    String json =
        "{"
            + TEXT_OF
                .matcher(fields)
                .replaceAll(of -> "x".repeat(Integer.parseInt(of.group(1))))
                .replace('\'', '"')
            + "}";
    return Fields.of(json.getBytes(StandardCharsets.UTF_8));
  }
}
