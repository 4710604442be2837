package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.wire.InvalidFieldException;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.ReadSide;
import io.hongbao.message.TestGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConversationListTest {

  private final ReadSide side;

  ConversationListTest(TestServices services) {
    this.side = ReadSide.open(services);
  }

  @AfterAll
  void close() {
    side.close();
  }

  @Test
  void isByNewestActivityWithPinnedOnesAhead() {
    long user = TestGroup.newId();
    List<TestGroup> groups = groups(user, 4);
    groups.get(1).text(user, "newest");
    update(user, groups.get(2), "\"pinned\":true");
    update(user, groups.get(0), "\"pinned\":true");
    assertThat(ids(list(user, "")))
        .isEqualTo(idsOf(groups.get(2), groups.get(0), groups.get(1), groups.get(3)));
  }

  @Test
  void pagesNeitherRepeatNorSkip() {
    long user = TestGroup.newId();
    List<TestGroup> groups = groups(user, 23);
    for (int i = 0; i < 23; i += 3) {
      update(user, groups.get(i), "\"pinned\":true");
    }
    groups
        .getFirst()
        .sql(
            "UPDATE chat_group SET last_activity_at = 5 WHERE group_id % 2 = 0 OR group_id % 5 = 0");
    var paged = new ArrayList<Long>();
    String cursor = "";
    do {
      JsonNode page = list(user, "\"limit\":4" + cursor);
      paged.addAll(ids(page));
      cursor =
          page.has("nextCursor")
              ? ",\"cursor\":\"" + page.get("nextCursor").textValue() + "\""
              : "";
    } while (!cursor.isEmpty());
    assertThat(paged).hasSize(23).isEqualTo(ids(list(user, "\"limit\":200")));
    assertThat(list(user, "\"limit\":23").has("nextCursor")).isFalse();
  }

  @Test
  void newActivityBetweenPagesDoesNotRepeatOthers() {
    long user = TestGroup.newId();
    List<TestGroup> groups = groups(user, 6);
    JsonNode first = list(user, "\"limit\":3");
    groups.get(0).text(user, "to the front");
    JsonNode second =
        list(user, "\"limit\":3,\"cursor\":\"" + first.get("nextCursor").textValue() + "\"");
    assertThat(ids(second)).isEqualTo(idsOf(groups.get(2), groups.get(1)));
  }

  @Test
  void aCursorThatIsNoneIsRefused() {
    for (String cursor : List.of("x", "MS4y", "!!!!", "LTEuMS4x")) {
      assertThatThrownBy(() -> list(1, "\"cursor\":\"" + cursor + "\""))
          .as(cursor)
          .isInstanceOf(InvalidFieldException.class);
    }
  }

  @Test
  void totalUnreadIsOverAllThatMayDisturb() {
    long user = TestGroup.newId();
    long other = TestGroup.newId();
    List<TestGroup> groups = groups(user, 5);
    for (int i = 0; i < 5; i++) {
      groups.get(i).texts(other, i + 1);
    }
    groups.get(4).texts(other, 300);
    update(user, groups.get(2), "\"doNotDisturb\":true");
    JsonNode page = list(user, "\"limit\":1");
    assertThat(page.get("conversations")).hasSize(1);
    assertThat(page.get("totalUnread").longValue()).isEqualTo(1 + 2 + 4 + 100);
  }

  @Test
  void dissolvedAndLeftGroupsAreLeftOut() {
    long user = TestGroup.newId();
    List<TestGroup> groups = groups(user, 3);
    groups.get(0).dissolve(user);
    groups.get(1).leave(user);
    assertThat(ids(list(user, ""))).isEqualTo(idsOf(groups.get(2)));
  }

  @Test
  void nobodysListIsEmpty() {
    assertThat(list(TestGroup.newId(), "").toString())
        .isEqualTo("{\"conversations\":[],\"totalUnread\":0}");
  }

  @Test
  void aConversationHasAllThatTheProtocolSays() {
    long user = TestGroup.newId();
    TestGroup group = side.group(user);
    long seq = group.text(user, "hello");
    JsonNode conversation = side.conversation(user, group);
    var names = new ArrayList<String>();
    conversation.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactlyInAnyOrder(
            "group",
            "role",
            "lastSeq",
            "readSeq",
            "unread",
            "unreadText",
            "mentioned",
            "pinned",
            "doNotDisturb",
            "lastMessage");
    assertThat(conversation.get("role").textValue()).isEqualTo("owner");
    assertThat(conversation.get("lastSeq").longValue()).isEqualTo(seq);
    assertThat(conversation.get("readSeq").longValue()).isEqualTo(seq);
    assertThat(conversation.get("group").toString())
        .isEqualTo(
            ("{\"groupId\":\"%d\",\"name\":\"group %d\",\"ownerId\":\"%d\",\"memberCount\":1,"
                    + "\"maxMembers\":500,\"announcement\":\"\",\"rules\":"
                    + "{\"joinPolicy\":\"invite_only\",\"invitePolicy\":\"everyone\","
                    + "\"postPolicy\":\"everyone\",\"historyPolicy\":\"all\"},"
                    + "\"lastSeq\":%d,\"createdAt\":%d}")
                .formatted(
                    group.id,
                    group.id,
                    user,
                    seq,
                    conversation.at("/group/createdAt").longValue()));
  }

  @Test
  void aPageOfLongAnnouncementsIsShorterThanItsLimit() {
    long user = TestGroup.newId();
    List<TestGroup> groups = groups(user, 200);
    groups
        .getFirst()
        .sql("UPDATE chat_group SET announcement = ? WHERE owner_id = ?", "公".repeat(2_000), user);
    var paged = new ArrayList<Long>();
    JsonNode page = list(user, "\"limit\":200");
    assertThat(page.get("conversations").size()).isBetween(150, 190);
    paged.addAll(ids(page));
    paged.addAll(
        ids(list(user, "\"limit\":200,\"cursor\":\"" + page.get("nextCursor").textValue() + "\"")));
    Collections.reverse(paged);
    assertThat(paged).isEqualTo(groups.stream().map(group -> group.id).toList());
  }

  private List<TestGroup> groups(long user, int count) {
    var groups = new ArrayList<TestGroup>();
    for (int i = 0; i < count; i++) {
      groups.add(side.group(user));
    }
    return groups;
  }

  private JsonNode list(long user, String data) {
    return side.ask(user, "conversation.list", "{" + data + "}");
  }

  private void update(long user, TestGroup group, String data) {
    var _ =
        side.ask(user, "conversation.update", "{\"groupId\":\"" + group.id + "\"," + data + "}");
  }

  private static List<Long> ids(JsonNode page) {
    var ids = new ArrayList<Long>();
    page.get("conversations")
        .forEach(c -> ids.add(Long.valueOf(c.at("/group/groupId").textValue())));
    return ids;
  }

  private static List<Long> idsOf(TestGroup... groups) {
    return Arrays.stream(groups).map(group -> group.id).toList();
  }
}
