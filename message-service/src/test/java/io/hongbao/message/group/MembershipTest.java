package io.hongbao.message.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.MembershipChange;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// Inviting, joining and leaving, as far as it reaches the database and the members.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class MembershipTest {

  private final TestService service;
  private long owner;
  private long member;
  private long stranger;
  private long other;
  private long group;

  MembershipTest(TestServices services) {
    this.service = TestService.start(services);
  }

  @BeforeEach
  void makeAGroup() {
    List<Long> users = service.users(4);
    owner = users.get(0);
    member = users.get(1);
    stranger = users.get(2);
    other = users.get(3);
    group = service.group(users.subList(0, 2));
  }

  @AfterAll
  void close() {
    service.close();
  }

  @Test
  void whoIsInvitedIsAMemberAtOnce() {
    JsonNode invited = invite(member, stranger, 4711, owner, other);
    assertThat(invited)
        .hasToString(
            "{\"joinedIds\":[\"%d\",\"%d\"],\"pendingIds\":[]}".formatted(stranger, other));
    assertThat(members())
        .containsExactly(
            owner + " OWNER 1", member + " MEMBER 2", stranger + " MEMBER 3", other + " MEMBER 3");
    await()
        .until(
            () ->
                service
                    .published()
                    .memberships()
                    .contains(group + " joined " + List.of(stranger, other)));
    assertThat(service.published().runs(group).getLast().changes())
        .containsExactly(
            new MembershipChange(stranger, 3, true), new MembershipChange(other, 3, true));
  }

  @Test
  void anInvitationOfNobodyIsRefused() {
    assertThat(service.refused(member, "group.invite", inviteJson(4711))).isEqualTo("not_found");
    assertThat(service.refused(member, "group.invite", inviteJson(owner)))
        .isEqualTo("already_member");
  }

  @Test
  void whoLeftIsNoMemberAndMayComeBack() {
    assertThat(service.ok(member, "group.leave", groupJson())).isEmpty();
    assertThat(service.ok(member, "group.leave", groupJson())).isEmpty();
    assertThat(members()).containsExactly(owner + " OWNER 1");
    await()
        .until(
            () ->
                service.published().memberships().contains(group + " removed " + List.of(member)));
    assertThat(service.published().runs(group).getLast().changes())
        .containsExactly(new MembershipChange(member, 3, false));
    invite(owner, member);
    assertThat(members()).containsExactly(owner + " OWNER 1", member + " MEMBER 4");
    service.ok(member, "group.leave", groupJson());
    assertThat(service.query("SELECT left_seq FROM former_member WHERE group_id = " + group))
        .containsExactly("5");
    assertThat(service.query("SELECT member_count FROM chat_group WHERE group_id = " + group))
        .containsExactly("1");
  }

  @Test
  void whoNeverWasAMemberCannotLeave() {
    assertThat(service.refused(stranger, "group.leave", groupJson())).isEqualTo("not_a_member");
    assertThat(service.refused(owner, "group.leave", groupJson())).isEqualTo("owner_must_transfer");
  }

  @Test
  void anOpenGroupIsJoinedByItsId() {
    assertThat(service.refused(stranger, "group.join", groupJson())).isEqualTo("forbidden");
    joinPolicy("OPEN");
    JsonNode joined = service.ok(stranger, "group.join", groupJson());
    assertThat(joined.get("status").textValue()).isEqualTo("joined");
    assertThat(joined.get("group").get("memberCount").intValue()).isEqualTo(3);
    assertThat(service.ok(stranger, "group.join", groupJson())).isEqualTo(joined);
    assertThat(members()).contains(stranger + " MEMBER 3");
  }

  @Test
  void joiningAndLeavingManyTimesAtOnceComesOutRight() {
    joinPolicy("OPEN");
    for (int i = 0; i < 10; i++) {
      var _ = service.ask(stranger, "group.join", groupJson());
      var _ = service.ask(stranger, "group.leave", groupJson());
    }
    JsonNode last = service.ok(stranger, "group.join", groupJson());
    assertThat(last.get("group").get("lastSeq").longValue()).isEqualTo(23);
    assertThat(members()).contains(stranger + " MEMBER 23");
    await().until(() -> service.published().events(group).size() == 23);
    assertThat(service.published().runs(group).subList(2, 23))
        .allSatisfy(
            run -> {
              assertThat(run.firstSeq()).isEqualTo(run.lastSeq());
              assertThat(run.changes())
                  .containsExactly(
                      new MembershipChange(stranger, run.firstSeq(), run.firstSeq() % 2 == 1));
            });
  }

  @Test
  void aCodeLetsIn() {
    JsonNode code = service.ok(owner, "group.invite_code", groupJson());
    assertThat(service.ok(owner, "group.invite_code", groupJson())).isEqualTo(code);
    JsonNode joined = service.ok(stranger, "group.join", codeJson(code));
    assertThat(joined.get("group").get("groupId").textValue()).isEqualTo(String.valueOf(group));
    assertThat(service.refused(member, "group.invite_code", groupJson())).isEqualTo("forbidden");
  }

  @Test
  void anExpiredOrRevokedCodeDoesNot() {
    JsonNode brief =
        service.ok(
            owner,
            "group.invite_code",
            "{\"groupId\": \"%d\", \"validMs\": 1000}".formatted(group));
    JsonNode old = service.ok(owner, "group.invite_code", groupWith("\"validMs\": 60000"));
    JsonNode fresh = service.ok(owner, "group.invite_code", groupWith("\"revoke\": true"));
    assertThat(service.refused(stranger, "group.join", codeJson(brief))).isEqualTo("code_expired");
    assertThat(service.refused(stranger, "group.join", codeJson(old))).isEqualTo("code_expired");
    service.clock().forward(Duration.ofDays(7).minusMillis(1));
    service.ok(stranger, "group.join", codeJson(fresh));
    service.clock().forward(Duration.ofDays(7));
    assertThat(service.refused(other, "group.join", codeJson(fresh))).isEqualTo("code_expired");
    service.ok(stranger, "group.join", codeJson(fresh));
  }

  @Test
  void whatWasNeverIssuedIsNotFound() {
    String forged = InviteCode.random(group, new SecureRandom());
    for (String code : List.of(forged, "x", "Not-A-Code", "红包")) {
      assertThat(
              service.refused(stranger, "group.join", "{\"inviteCode\": \"%s\"}".formatted(code)))
          .isEqualTo("not_found");
    }
  }

  @Test
  void aGroupIsReadByItsMembers() {
    JsonNode read = service.ok(member, "group.get", groupJson()).get("group");
    assertThat(read.get("memberCount").intValue()).isEqualTo(2);
    assertThat(read.get("lastSeq").longValue()).isEqualTo(2);
    assertThat(service.refused(stranger, "group.get", groupJson())).isEqualTo("not_a_member");
    assertThat(service.refused(stranger, "group.get", "{\"groupId\": \"1\"}"))
        .isEqualTo("not_found");
    joinPolicy("APPROVAL");
    assertThat(service.ok(stranger, "group.get", groupJson()).get("group").get("groupId"))
        .isEqualTo(read.get("groupId"));
  }

  @Test
  void membersComeInPages() {
    invite(owner, stranger, other);
    service.update(
        "UPDATE group_member SET nickname = '昵称', muted_until = 9000000000000 WHERE user_id = "
            + stranger);
    JsonNode first = service.ok(member, "group.members", groupWith("\"limit\": 3"));
    assertThat(first.get("members"))
        .hasToString(
            "[%s,%s,%s]"
                .formatted(
                    memberJson(owner, "", "owner", ""),
                    memberJson(member, "", "member", ""),
                    memberJson(
                        stranger,
                        "\"groupNickname\":\"昵称\",",
                        "member",
                        ",\"mutedUntilAt\":9000000000000")));
    JsonNode last =
        service.ok(
            member,
            "group.members",
            groupWith("\"limit\": 3, \"cursor\": %s".formatted(first.get("nextCursor"))));
    assertThat(last.get("members")).hasSize(1);
    assertThat(last.has("nextCursor")).isFalse();
    assertThat(service.refused(4711, "group.members", groupJson())).isEqualTo("not_a_member");
  }

  @Test
  void aReadSeesTheChangesAskedForBeforeIt() {
    for (int i = 0; i < 20; i++) {
      var _ = service.send(owner, group, "k" + i, "text");
      JsonNode read = service.ok(owner, "group.get", groupJson()).get("group");
      assertThat(read.get("lastSeq").longValue()).isEqualTo(3 + i);
    }
  }

  private String memberJson(long user, String groupNickname, String role, String muted) {
    return "{\"userId\":\"%d\",\"nickname\":\"nick%d\",%s\"role\":\"%s\",\"joinedAt\":%d%s}"
        .formatted(user, user, groupNickname, role, service.clock().millis(), muted);
  }

  private List<String> members() {
    return service.query(
        """
        SELECT CONCAT_WS(' ', user_id, role, join_seq) FROM group_member
        WHERE group_id = %d ORDER BY user_id
        """
            .formatted(group));
  }

  private void joinPolicy(String policy) {
    service.update(
        "UPDATE chat_group SET version = version + 1, join_policy = '%s' WHERE group_id = %d"
            .formatted(policy, group));
  }

  private JsonNode invite(long inviter, long... users) {
    return service.ok(inviter, "group.invite", inviteJson(users));
  }

  private String inviteJson(long... users) {
    var ids = new StringJoiner("\",\"", "\"", "\"");
    for (long user : users) {
      ids.add(Long.toString(user));
    }
    return groupWith("\"userIds\": [%s]".formatted(ids));
  }

  private String groupJson() {
    return "{\"groupId\": \"%d\"}".formatted(group);
  }

  private String groupWith(String fields) {
    return "{\"groupId\": \"%d\", %s}".formatted(group, fields);
  }

  private static String codeJson(JsonNode code) {
    return "{\"inviteCode\": %s}".formatted(code.get("code"));
  }
}
