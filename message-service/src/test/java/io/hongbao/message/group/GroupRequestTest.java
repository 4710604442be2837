package io.hongbao.message.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.InvalidFieldException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GroupRequestTest {

  @Test
  void takesEachRequest() {
    assertThat(parse("group.create", "'clientGroupId': 'k', 'name': 'n', 'memberIds': ['1','1']"))
        .isEqualTo(new GroupRequest.Create("k", "n", List.of(1L)));
    assertThat(parse("group.create", "'clientGroupId': 'k', 'name': 'n'"))
        .isEqualTo(new GroupRequest.Create("k", "n", List.of()));
    assertThat(parse("group.get", "'groupId': '7'")).isEqualTo(new GroupRequest.Get(7));
    assertThat(parse("group.get", "'inviteCode': 'abc'"))
        .isEqualTo(new GroupRequest.GetByCode("abc"));
    assertThat(parse("group.members", "'groupId': '7'"))
        .isEqualTo(new GroupRequest.Members(7, 0, 50));
    assertThat(parse("group.members", "'groupId': '7', 'cursor': '5', 'limit': 200"))
        .isEqualTo(new GroupRequest.Members(7, 5, 200));
    assertThat(parse("group.invite", "'groupId': '7', 'userIds': ['2', '1', '2']"))
        .isEqualTo(new GroupRequest.Invite(7, List.of(2L, 1L)));
    assertThat(parse("group.invite_code", "'groupId': '7'"))
        .isEqualTo(new GroupRequest.MakeCode(7, null, false));
    assertThat(parse("group.invite_code", "'groupId': '7', 'validMs': 1000, 'revoke': true"))
        .isEqualTo(new GroupRequest.MakeCode(7, 1_000L, true));
    assertThat(parse("group.join", "'groupId': '7', 'message': 'let me in'"))
        .isEqualTo(new GroupRequest.JoinById(7, "let me in"));
    assertThat(parse("group.join", "'inviteCode': 'abc'"))
        .isEqualTo(new GroupRequest.JoinByCode("abc", null));
    assertThat(parse("group.leave", "'groupId': '7'")).isEqualTo(new GroupRequest.Leave(7));
    assertThat(parse("group.unknown", "")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # operation        | data                                              | field
          group.create       | 'name': 'n'                                       | clientGroupId
          group.create       | 'clientGroupId': 'k'                              | name
          group.create       | 'clientGroupId': 'k', 'name': ''                  | name
          group.create       | 'clientGroupId': 'k', 'name': 'n', 'memberIds': 1 | memberIds
          group.get          | 'groupId': 7                                      | groupId
          group.get          |                                                   | groupId
          group.get          | 'groupId': '7', 'inviteCode': 'abc'               | data
          group.get          | 'inviteCode': 5                                   | inviteCode
          group.members      | 'groupId': '7', 'limit': 0                        | limit
          group.members      | 'groupId': '7', 'limit': 201                      | limit
          group.members      | 'groupId': '7', 'cursor': 'x'                     | cursor
          group.invite       | 'groupId': '7'                                    | userIds
          group.invite       | 'groupId': '7', 'userIds': []                     | userIds
          group.invite       | 'groupId': '7', 'userIds': ['x']                  | userIds
          group.invite_code  | 'groupId': '7', 'validMs': 999                    | validMs
          group.invite_code  | 'groupId': '7', 'validMs': 2592000001             | validMs
          group.invite_code  | 'groupId': '7', 'revoke': 'yes'                   | revoke
          group.join         |                                                   | data
          group.join         | 'groupId': '7', 'inviteCode': 'abc'               | data
          group.join         | 'inviteCode': ''                                  | inviteCode
          group.join         | 'groupId': '7', 'message': 5                      | message
          group.members      |                                                   | groupId
          group.members      | 'groupId': '7', 'cursor': '-1'                    | cursor
          group.invite       | 'userIds': ['1']                                  | groupId
          group.invite_code  |                                                   | groupId
          group.invite_code  | 'groupId': '7', 'validMs': -1                     | validMs
          group.leave        |                                                   | groupId
          group.leave        | 'groupId': '-7'                                   | groupId
          """)
  void namesTheFieldAtFault(String op, @Nullable String data, String field) {
    InvalidFieldException e =
        catchThrowableOfType(
            InvalidFieldException.class, () -> parse(op, data == null ? "" : data));
    assertThat(e.refusal().field()).isEqualTo(field);
  }

  @Test
  void boundsAreInCodePoints() {
    String longest = "🧧".repeat(GroupRequest.NAME_CHARACTERS_MAX);
    assertThat(parse("group.create", "'clientGroupId': 'k', 'name': '%s'".formatted(longest)))
        .isNotNull();
    InvalidFieldException e =
        catchThrowableOfType(
            InvalidFieldException.class,
            () -> parse("group.create", "'clientGroupId': 'k', 'name': '%sx'".formatted(longest)));
    assertThat(e.refusal().field()).isEqualTo("name");
  }

  private static @Nullable GroupRequest parse(String op, String fields) {
    String json = "{" + fields.replace('\'', '"') + "}";
    return GroupRequest.parse(op, Fields.of(json.getBytes(StandardCharsets.UTF_8)));
  }
}
