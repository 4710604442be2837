package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Reply;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each repeat is asked of the service that has answered before and of one that knows nothing.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class RepeatTest {

  private final TestServices services;
  private final TestService service;
  private long owner;
  private long member;
  private long group;

  RepeatTest(TestServices services) {
    this.services = services;
    this.service = TestService.start(services);
  }

  @BeforeEach
  void makeAGroup() {
    List<Long> users = service.users(2);
    owner = users.get(0);
    member = users.get(1);
    group = service.group(users);
  }

  @AfterAll
  void close() {
    service.close();
  }

  @Test
  void isAnsweredAsTheFirstTime() {
    JsonNode first = TestService.data(service.send(member, group, "k", "hi").join());
    isARepeatEverywhere(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what another process has done                                  | others are told
          DELETE FROM group_member WHERE role = 'MEMBER' AND               | not_a_member
          UPDATE group_member SET muted_until = 9000000000000000 WHERE     | muted
          UPDATE chat_group SET dissolved_at = 1 WHERE                     | group_dissolved
          """)
  void isAnsweredWhateverTheSenderHasLost(String change, String refusal) {
    JsonNode first = TestService.data(service.send(member, group, "k", "hi").join());
    service.update(change + " group_id = " + group);
    service.update("UPDATE chat_group SET version = version + 1 WHERE group_id = " + group);
    isARepeatEverywhere(first);
    assertThat(TestService.code(service.send(member, group, "other", "hi").join()))
        .isEqualTo(refusal);
  }

  @Test
  void withOtherContentIsAConflict() {
    TestService.data(service.send(member, group, "k", "hi").join());
    assertThat(TestService.code(service.send(member, group, "k", "ho").join()))
        .isEqualTo("conflict");
    try (TestService other = TestService.start(services)) {
      assertThat(TestService.code(other.send(member, group, "k", "ho").join()))
          .isEqualTo("conflict");
    }
  }

  @Test
  void keysAreComparedAsTheyStand() {
    for (String key : List.of("k", "K", "k ", "ｋ", "ḱ", "k\\u0000")) {
      assertThat(TestService.data(service.send(member, group, key, key).join()).has("duplicate"))
          .isFalse();
    }
    assertThat(TestService.data(service.send(owner, group, "k", "mine").join()).has("duplicate"))
        .isFalse();
  }

  @Test
  void manyAtOnceMakeOneEntry() {
    try (TestService other = TestService.start(services)) {
      var replies = new ArrayList<CompletableFuture<Reply>>();
      for (int i = 0; i < 200; i++) {
        replies.add((i % 2 == 0 ? service : other).send(member, group, "k", "hi"));
      }
      List<JsonNode> answers =
          replies.stream().map(reply -> TestService.data(reply.join())).toList();
      assertThat(answers.stream().map(answer -> answer.get("messageId").textValue()).distinct())
          .hasSize(1);
      assertThat(answers.stream().filter(answer -> !answer.has("duplicate"))).hasSize(1);
    }
    assertThat(service.query("SELECT seq FROM message WHERE type = 'TEXT' AND group_id = " + group))
        .containsExactly("3");
  }

  private void isARepeatEverywhere(JsonNode first) {
    isARepeat(service, first);
    try (TestService fresh = TestService.start(services)) {
      isARepeat(fresh, first);
    }
  }

  private void isARepeat(TestService asked, JsonNode first) {
    JsonNode again = TestService.data(asked.send(member, group, "k", "hi").join());
    assertThat(again.get("duplicate").booleanValue()).isTrue();
    for (String field : List.of("messageId", "seq", "sentAt")) {
      assertThat(again.get(field)).isEqualTo(first.get(field));
    }
  }
}
