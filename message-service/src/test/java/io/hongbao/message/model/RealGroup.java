package io.hongbao.message.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.Refusal;
import io.hongbao.message.TestService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/// A group of the service, asked step by step. Answers are told without what is random in them:
/// users are `u0`, `u1`, …, times count from the start.
final class RealGroup {

  /// Epoch milliseconds in a field.
  private static final Pattern TIME = Pattern.compile("(At\":|\"at\":)(\\d{13})\\b");

  private final TestService service;
  private final List<Long> users;
  private final long startedAt;
  private final long groupId;
  private final List<String> codes = new ArrayList<>();

  /// @param users the first three become owner and members
  RealGroup(TestService service, List<Long> users) {
    this.service = service;
    this.users = users;
    this.startedAt = service.clock().millis();
    this.groupId = service.group(users.subList(0, 3));
  }

  /// The answer to come.
  CompletableFuture<String> asking(int index, Step step) {
    if (step.op() == Step.Op.WAIT) {
      service.clock().forward(Duration.ofMillis(step.waitMs()));
      return CompletableFuture.completedFuture("");
    }
    return service
        .ask(user(step.actor()), op(step), data(index, step))
        .thenApply(
            reply ->
                switch (reply) {
                  case Reply.Failure(Refusal refusal) -> refused(refusal);
                  case Reply.Success _ -> told(step, TestService.data(reply));
                });
  }

  private static String op(Step step) {
    return switch (step.op()) {
      case SET_ROLE -> "group.set_role";
      case TRANSFER -> "group.transfer";
      case MUTE -> "group.mute";
      case UPDATE -> "group.update";
      case INVITE -> "group.invite";
      case JOIN, JOIN_BY_CODE -> "group.join";
      case INVITE_CODE -> "group.invite_code";
      case LEAVE -> "group.leave";
      case REMOVE -> "group.remove";
      case UNBAN -> "group.unban";
      case DECIDE -> "group.decide";
      case NICKNAME -> "group.nickname";
      case DISSOLVE -> "group.dissolve";
      case SEND -> "message.send";
      case RECALL -> "message.recall";
      case PIN -> "message.pin";
      case UNPIN -> "message.unpin";
      case EDIT -> "message.edit";
      case REACT -> "message.react";
      case GET -> "group.get";
      case MEMBERS -> "group.members";
      case REQUESTS -> "group.requests";
      case BANS -> "group.bans";
      case AUDIT -> "group.audit";
      case PINNED -> "message.pinned";
      case HISTORY -> "message.history";
      case WAIT -> throw new IllegalArgumentException("no request");
    };
  }

  private String data(int index, Step step) {
    String fields =
        switch (step.op()) {
          case SET_ROLE ->
              userId(step) + ",\"role\":\"" + (step.flag() ? "admin" : "member") + "\"";
          case TRANSFER, UNBAN -> userId(step);
          case MUTE -> userId(step) + ",\"untilAt\":" + untilAt(step);
          case UPDATE -> step.patch();
          case INVITE -> userIds(step);
          case REMOVE -> userIds(step) + ",\"ban\":" + step.flag();
          case JOIN -> message(step);
          case JOIN_BY_CODE -> "\"inviteCode\":\"" + code(step) + "\"," + message(step);
          case INVITE_CODE -> codeWish(step);
          case DECIDE -> "\"requestId\":\"" + requestId(step) + "\",\"accept\":" + step.flag();
          case NICKNAME -> "\"nickname\":\"" + (step.flag() ? "nick" : "") + "\"";
          case SEND ->
              "\"clientMessageId\":\""
                  + (step.flag() ? "same" : "key" + index)
                  + "\",\"type\":\"text\","
                  + text(step);
          case EDIT -> seq(step) + "," + text(step);
          case REACT -> seq(step) + ",\"emoji\":\"" + step.emoji() + "\",\"remove\":" + step.flag();
          case RECALL, PIN, UNPIN -> seq(step);
          case HISTORY -> "\"afterSeq\":0,\"limit\":200";
          case AUDIT, PINNED, BANS, REQUESTS, MEMBERS -> "\"limit\":200";
          case LEAVE, DISSOLVE, GET -> "\"more\":true";
          case WAIT -> throw new IllegalArgumentException("no request");
        };
    String group = step.op() == Step.Op.JOIN_BY_CODE ? "" : "\"groupId\":\"" + groupId + "\",";
    return "{" + group + fields + "}";
  }

  private String text(Step step) {
    String mentions =
        switch (step.other()) {
          case 0 -> ",\"mentions\":[\"" + user(step.target()) + "\"]";
          case 1 -> ",\"mentions\":[\"all\"]";
          case 2 -> ",\"mentions\":[]";
          default -> "";
        };
    return "\"content\":{\"text\":\"" + step.text() + "\"}" + mentions;
  }

  private String userId(Step step) {
    return "\"userId\":\"" + user(step.target()) + "\"";
  }

  private String userIds(Step step) {
    return "\"userIds\":[\"" + user(step.target()) + "\",\"" + user(step.other()) + "\"]";
  }

  private long untilAt(Step step) {
    return step.number() % 4 == 0 ? 0 : startedAt + step.number() * 1_000L;
  }

  private static String message(Step step) {
    return "\"message\":\"" + (step.flag() ? "because" : " ") + "\"";
  }

  private static String seq(Step step) {
    return "\"seq\":" + (step.number() + 1);
  }

  private static String codeWish(Step step) {
    return switch (step.number() % 3) {
      case 0 -> "\"more\":true";
      case 1 -> "\"validMs\":2000";
      default -> "\"revoke\":true";
    };
  }

  private String code(Step step) {
    return step.number() < codes.size() ? codes.get(step.number()) : "never" + groupId;
  }

  private String requestId(Step step) {
    List<String> ids =
        service.query(
            "SELECT request_id FROM group_request WHERE group_id = "
                + groupId
                + " ORDER BY request_id");
    return step.number() < ids.size() ? ids.get(step.number()) : "1";
  }

  private long user(int number) {
    return users.get(number);
  }

  private String refused(Refusal refusal) {
    Long untilAt = refusal.untilAt();
    return refusal.code().wireName()
        + (refusal.field() == null ? "" : " " + refusal.field())
        + (untilAt == null ? "" : " until=" + (untilAt - startedAt))
        + (refusal.retryAfterMs() == null ? "" : " retry=" + refusal.retryAfterMs());
  }

  private String told(Step step, JsonNode data) {
    return switch (step.op()) {
      case SEND -> {
        ((ObjectNode) data).remove("messageId");
        yield plain(data);
      }
      case INVITE_CODE -> {
        String code = data.get("code").textValue();
        if (!codes.contains(code)) {
          codes.add(code);
        }
        yield plain(((ObjectNode) data).remove(List.of("code")));
      }
      case REQUESTS -> lines(data.get("requests"), "requestId");
      case AUDIT -> lines(data.get("records"), "auditId");
      case HISTORY -> lines(data.get("messages"), "messageId");
      case MEMBERS -> lines(data.get("members"), "");
      case BANS -> lines(data.get("users"), "");
      case PINNED -> {
        data.get("pinned").forEach(pin -> ((ObjectNode) pin.get("message")).remove("messageId"));
        yield lines(data.get("pinned"), "");
      }
      default -> plain(data);
    };
  }

  private String lines(JsonNode list, String random) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(line -> plain(((ObjectNode) line).remove(List.of(random))))
        .reduce("", (lines, line) -> lines + "\n" + line);
  }

  /// Without what is random.
  private String plain(JsonNode json) {
    String text = json.toString();
    for (int i = 0; i < users.size(); i++) {
      text = text.replace(users.get(i).toString(), "u" + i);
    }
    text = text.replace("\"groupId\":\"" + groupId + "\",", "");
    return TIME.matcher(text)
        .replaceAll(found -> found.group(1) + (Long.parseLong(found.group(2)) - startedAt));
  }
}
