package io.hongbao.message.face;

import io.hongbao.message.account.User;
import io.hongbao.message.group.GroupRequest;
import java.util.List;

/// What a group is called that people make face to face: the nicknames of those who came first.
final class GroupName {

  /// Nicknames in a name; a few more people than these are enough to make one.
  static final int NICKNAMES_MAX = 3;

  private static final String SEPARATOR = ", ";
  private static final String AND_OTHERS = ", …";

  private GroupName() {}

  /// Whole nicknames, as many as fit, and a sign that there are more people where there are. A
  /// nickname alone always fits.
  ///
  /// @param people in the order in which they came, at least one
  static String of(List<User> people) {
    String name = people.getFirst().nickname();
    int named = 1;
    while (named < Math.min(NICKNAMES_MAX, people.size())) {
      String longer = name + SEPARATOR + people.get(named).nickname();
      boolean all = named + 1 == people.size();
      if (characters(all ? longer : longer + AND_OTHERS) > GroupRequest.NAME_CHARACTERS_MAX) {
        break;
      }
      name = longer;
      named++;
    }
    return named < people.size() ? name + AND_OTHERS : name;
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }
}
