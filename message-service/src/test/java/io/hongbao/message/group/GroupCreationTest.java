package io.hongbao.message.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.MembershipChange;
import io.hongbao.common.contract.Reply;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class GroupCreationTest {

  private final TestServices services;
  private final TestService service;

  GroupCreationTest(TestServices services) {
    this.services = services;
    this.service = TestService.start(services);
  }

  @AfterAll
  void close() {
    service.close();
  }

  @Test
  void answersWithTheGroup() {
    List<Long> users = service.users(3);
    long before = service.clock().millis();
    JsonNode group =
        service
            .ok(
                users.get(0),
                "group.create",
                create("k", "红包 🧧", users.get(1), 4711, users.get(2)))
            .get("group");
    assertThat(group.get("groupId").isTextual()).isTrue();
    assertThat(group)
        .hasToString(
            """
            {"groupId":"%s","name":"红包 🧧","ownerId":"%d","memberCount":3,"maxMembers":50,\
            "announcement":"","rules":{"joinPolicy":"invite_only","invitePolicy":"everyone",\
            "postPolicy":"everyone","historyPolicy":"all"},"lastSeq":2,"createdAt":%d}\
            """
                .formatted(group.get("groupId").textValue(), users.get(0), before));
    assertThat(
            service.query(
                """
                SELECT CONCAT_WS(' ', user_id, role, join_seq) FROM group_member
                WHERE group_id = %s ORDER BY user_id
                """
                    .formatted(group.get("groupId").textValue())))
        .containsExactly(
            users.get(0) + " OWNER 1", users.get(1) + " MEMBER 2", users.get(2) + " MEMBER 2");
  }

  @Test
  void tellsTheMembersEachFromWhereTheyJoined() {
    List<Long> users = service.users(3);
    long group = service.group(users);
    await().until(() -> service.published().events(group).size() == 2);
    assertThat(service.published().runs(group))
        .extracting(run -> run.firstSeq() + "-" + run.lastSeq() + " " + run.changes())
        .containsExactly(
            "1-1 " + List.of(new MembershipChange(users.get(0), 1, true)),
            "2-2 "
                + List.of(
                    new MembershipChange(users.get(1), 2, true),
                    new MembershipChange(users.get(2), 2, true)));
    assertThat(service.published().events(group))
        .extracting(event -> event.get("content").get("kind").textValue())
        .containsExactly("group_created", "members_joined");
    await().until(() -> service.published().memberships().contains(group + " joined " + users));
  }

  @Test
  void aRepeatAnswersWithTheSameGroup() {
    List<Long> users = service.users(2);
    String create = create("k", "name", users.get(1));
    JsonNode first = service.ok(users.get(0), "group.create", create);
    assertThat(service.ok(users.get(0), "group.create", create)).isEqualTo(first);
    try (TestService other = TestService.start(services)) {
      assertThat(other.ok(users.get(0), "group.create", create)).isEqualTo(first);
    }
    assertThat(service.ok(users.get(1), "group.create", create("k", "name", users.get(0))))
        .isNotEqualTo(first);
  }

  @Test
  void manyRepeatsAtOnceMakeOneGroup() {
    long user = service.users(1).getFirst();
    try (TestService other = TestService.start(services)) {
      var replies = new ArrayList<CompletableFuture<Reply>>();
      for (int i = 0; i < 20; i++) {
        replies.add((i % 2 == 0 ? service : other).ask(user, "group.create", create("k", "name")));
      }
      assertThat(replies.stream().map(reply -> TestService.data(reply.join())).distinct())
          .hasSize(1);
    }
    assertThat(service.query("SELECT COUNT(*) FROM chat_group WHERE owner_id = " + user))
        .containsExactly("1");
  }

  @Test
  void theSameKeyWithOtherContentIsAConflict() {
    List<Long> users = service.users(2);
    service.ok(users.get(0), "group.create", create("k", "name"));
    assertThat(service.refused(users.get(0), "group.create", create("k", "other")))
        .isEqualTo("conflict");
    assertThat(service.refused(users.get(0), "group.create", create("k", "name", users.get(1))))
        .isEqualTo("conflict");
  }

  @Test
  void aRepeatAfterACrashMakesTheGroupThatTheKeyWasGivenFor() {
    long user = service.users(1).getFirst();
    var keys = new GroupKeys(service.database(), service.clock());
    keys.reserve(user, new GroupRequest.Create("k", "name", List.of()), 987_654_321L);
    JsonNode group = service.ok(user, "group.create", create("k", "name")).get("group");
    assertThat(group.get("groupId").textValue()).isEqualTo("987654321");
    assertThat(group.get("lastSeq").longValue()).isEqualTo(1);
  }

  @Test
  void takesNoMoreThanAGroupHolds() {
    List<Long> users = service.users(TestService.GROUP_MEMBERS_MAX + 3);
    long group = service.group(users);
    assertThat(service.query("SELECT COUNT(*) FROM group_member WHERE group_id = " + group))
        .containsExactly(String.valueOf(TestService.GROUP_MEMBERS_MAX));
    assertThat(service.query("SELECT member_count FROM chat_group WHERE group_id = " + group))
        .containsExactly(String.valueOf(TestService.GROUP_MEMBERS_MAX));
  }

  private static String create(String key, String name, long... members) {
    var ids = new ArrayList<String>();
    for (long member : members) {
      ids.add("\"" + member + "\"");
    }
    return """
        {"clientGroupId": "%s", "name": "%s", "memberIds": [%s]}
        """
        .formatted(key, name, String.join(",", ids));
  }
}
