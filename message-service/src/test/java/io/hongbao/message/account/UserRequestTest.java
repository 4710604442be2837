package io.hongbao.message.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.InvalidFieldException;
import io.hongbao.message.account.UserRequest.FindUser;
import io.hongbao.message.account.UserRequest.GetUsers;
import io.hongbao.message.account.UserRequest.UpdateUser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserRequestTest {

  @Test
  void readsEachOperation() {
    assertThat(parse("user.get", "{'userIds':['3','1','3']}"))
        .isEqualTo(new GetUsers(List.of(3L, 1L)));
    assertThat(parse("user.get", "{'userIds':[]}")).isEqualTo(new GetUsers(List.of()));
    assertThat(parse("user.find", "{'username':'alice'}")).isEqualTo(new FindUser("alice"));
    assertThat(parse("user.update", "{'nickname':'A'}")).isEqualTo(new UpdateUser("A", null));
    assertThat(parse("user.update", "{'avatarMediaId':'7'}")).isEqualTo(new UpdateUser(null, 7L));
    assertThat(parse("user.delete", "{}")).isNull();
  }

  @Test
  void takesAHundredIdsAndNoMore() {
    assertThat(parse("user.get", "{'userIds':" + ids(100) + "}")).isInstanceOf(GetUsers.class);
    assertInvalid("user.get", "{'userIds':" + ids(101) + "}", "userIds");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          user.get    | {}                                     | userIds
          user.get    | {'userIds':'1'}                        | userIds
          user.get    | {'userIds':[1]}                        | userIds
          user.get    | {'userIds':['x']}                      | userIds
          user.find   | {}                                     | username
          user.find   | {'username':''}                        | username
          user.find   | {'username':7}                         | username
          user.update | {}                                     | data
          user.update | {'nickname':null}                      | data
          user.update | {'nickname':''}                        | nickname
          user.update | {'nickname':' '}                       | nickname
          user.update | {'nickname':7}                         | nickname
          user.update | {'avatarMediaId':7}                    | avatarMediaId
          user.update | {'nickname':'A','avatarMediaId':'no'}  | avatarMediaId
          """)
  void namesTheFieldAtFault(String op, String data, String field) {
    assertInvalid(op, data, field);
  }

  private static String ids(int count) {
    return LongStream.range(0, count)
        .mapToObj(id -> "'" + id + "'")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static void assertInvalid(String op, String data, String field) {
    assertThatExceptionOfType(InvalidFieldException.class)
        .isThrownBy(() -> parse(op, data))
        .satisfies(e -> assertThat(e.refusal().field()).isEqualTo(field));
  }

  private static @Nullable UserRequest parse(String op, String data) {
    byte[] json = data.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return UserRequest.parse(op, Fields.of(json));
  }
}
