package io.hongbao.benchmarks.soak;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What clients do, and how often of a thousand times.
enum Operation {
  SEND(340, Chatter::send),
  RECALL(20, Chatter::recall),
  EDIT(12, Chatter::edit),
  REACT(22, Chatter::react),
  PIN(2, chatter -> chatter.ask("message.pin", chatter.entryAnd(Map.of()))),
  UNPIN(2, chatter -> chatter.ask("message.unpin", chatter.entryAnd(Map.of()))),
  PINNED(8, chatter -> chatter.ask("message.pinned", chatter.inGroup())),
  READ(130, Chatter::read),
  READERS(15, chatter -> chatter.ask("message.readers", chatter.entryAnd(Map.of("read", true)))),
  HISTORY(80, Chatter::history),
  SEARCH(3, Chatter::search),
  TYPING(70, chatter -> chatter.ask("typing", chatter.inGroup())),
  CONVERSATIONS(50, chatter -> chatter.ask("conversation.list", Map.of("limit", 50))),
  CONVERSATION_UPDATE(10, Chatter::updateConversation),
  GROUP_GET(40, chatter -> chatter.ask("group.get", chatter.inGroup())),
  GROUP_MEMBERS(30, chatter -> chatter.ask("group.members", chatter.inGroup())),
  GROUP_CREATE(1, chatter -> chatter.founding().create()),
  GROUP_JOIN(8, Chatter::join),
  GROUP_INVITE(8, Chatter::invite),
  GROUP_LEAVE(4, Chatter::leave),
  INVITE_CODE(3, chatter -> chatter.ask("group.invite_code", chatter.inGroup())),
  GROUP_UPDATE(2, Chatter::updateGroup),
  REQUESTS(6, Chatter::requests),
  DECIDE(4, Chatter::decide),
  REMOVE(2, Chatter::remove),
  BANS(2, chatter -> chatter.ask("group.bans", chatter.inGuarded(Map.of()))),
  UNBAN(
      2,
      chatter -> chatter.ask("group.unban", chatter.inGuarded(Map.of("userId", chatter.guest())))),
  SET_ROLE(3, chatter -> chatter.founding().setRole()),
  TRANSFER(1, chatter -> chatter.founding().transfer()),
  DISSOLVE(1, chatter -> chatter.founding().dissolve()),
  MUTE(3, Chatter::mute),
  NICKNAME(
      2,
      chatter ->
          chatter.ask("group.nickname", chatter.inGuarded(Map.of("nickname", chatter.word())))),
  AUDIT(4, chatter -> chatter.ask("group.audit", chatter.inGuarded(Map.of()))),
  FACE_ENTER(6, Chatter::enterFace),
  FACE_CONFIRM(4, Chatter::confirmFace),
  FACE_LEAVE(4, Chatter::leaveFace),
  PACKET_SEND(10, chatter -> chatter.giving().send()),
  PACKET_GRAB(60, chatter -> chatter.giving().grab()),
  PACKET_GET(20, chatter -> chatter.giving().details()),
  PACKET_RECORDS(5, chatter -> chatter.giving().records()),
  WALLET_TOPUP(4, chatter -> chatter.giving().topUp()),
  WALLET_GET(15, chatter -> chatter.ask("wallet.get", Map.of())),
  WALLET_ENTRIES(6, chatter -> chatter.ask("wallet.entries", Map.of())),
  SHARE(2, chatter -> chatter.sharing().share()),
  LOOK(6, chatter -> chatter.sharing().look()),
  USERS(50, chatter -> chatter.ask("user.get", Map.of("userIds", List.of(chatter.somebody())))),
  USER_FIND(8, Chatter::find),
  USER_UPDATE(3, chatter -> chatter.ask("user.update", Map.of("nickname", chatter.word()))),
  PING(20, chatter -> chatter.ask("session.ping", Map.of())),
  REFRESH(3, Chatter::refresh),
  RECONNECT(8, Chatter::reconnect),
  LOG_IN(3, Chatter::logIn),
  REGISTER(1, Chatter::register);

  /// One thing that a client does.
  @FunctionalInterface
  interface Action {
    void carryOut(Chatter chatter);
  }

  private static final int ALL_WEIGHTS =
      Arrays.stream(values()).mapToInt(operation -> operation.weight).sum();

  private final int weight;

  @SuppressWarnings("ImmutableEnumChecker") // a reference to a method
  private final Action action;

  Operation(int weight, Action action) {
    this.weight = weight;
    this.action = action;
  }

  static Operation random(Random random) {
    int left = random.nextInt(ALL_WEIGHTS);
    for (Operation operation : values()) {
      left -= operation.weight;
      if (left < 0) {
        return operation;
      }
    }
    throw new IllegalStateException("the weights do not add up");
  }

  void carryOut(Chatter chatter) {
    action.carryOut(chatter);
  }
}
