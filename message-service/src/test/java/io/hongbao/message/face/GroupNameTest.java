package io.hongbao.message.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.message.account.User;
import io.hongbao.message.group.GroupRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GroupNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Ann                 | Ann
          Ann/小明              | Ann, 小明
          Ann/Bob/Cem         | Ann, Bob, Cem
          Ann/Bob/Cem/Dan     | Ann, Bob, Cem, …
          Ann/Bob/Cem/Dan/Eve | Ann, Bob, Cem, …
          """)
  void isTheNicknamesOfTheFirstThree(String nicknames, String name) {
    assertThat(GroupName.of(people(nicknames.split("/", -1)))).isEqualTo(name);
  }

  @Test
  void leavesOutWhatDoesNotFit() {
    String wide = "🧧".repeat(32);
    assertThat(GroupName.of(people(wide, wide))).isEqualTo(wide + ", …");
    assertThat(GroupName.of(people(wide, "x".repeat(30)))).isEqualTo(wide + ", " + "x".repeat(30));
    assertThat(GroupName.of(people(wide, "x".repeat(30), "y"))).isEqualTo(wide + ", …");
  }

  @Test
  void isNeverLongerThanANameMayBe() {
    for (int first = 1; first <= 32; first++) {
      for (int second = 1; second <= 32; second++) {
        String name =
            GroupName.of(people("🧧".repeat(first), "红".repeat(second), "z".repeat(9), "w"));
        assertThat(name.codePointCount(0, name.length()))
            .isBetween(1, GroupRequest.NAME_CHARACTERS_MAX);
      }
    }
  }

  private static List<User> people(String... nicknames) {
    var people = new ArrayList<User>();
    for (String nickname : nicknames) {
      people.add(new User(people.size() + 1L, "user" + people.size(), nickname, null));
    }
    return people;
  }
}
