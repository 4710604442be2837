package io.hongbao.common.remote;

import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.remote.proto.GroupLogServiceGrpc;
import io.hongbao.common.remote.proto.MembersRequest;
import io.hongbao.common.remote.proto.WriterRequest;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/// Groups' logs at the message role, each asked of the instance that its group's requests go to.
final class RemoteGroupLog implements GroupLog {

  private final Calls calls;

  RemoteGroupLog(Calls calls) {
    this.calls = calls;
  }

  @Override
  public CompletionStage<Outcome<Writer>> writer(long groupId, long userId, long companionId) {
    return calls.ask(
        GroupLogServiceGrpc.getWriterMethod(),
        groupId,
        WriterRequest.newBuilder()
            .setGroupId(groupId)
            .setUserId(userId)
            .setCompanionId(companionId)
            .build(),
        Encoding::read);
  }

  @Override
  public CompletionStage<Outcome<Members>> membersAmong(long groupId, Collection<Long> userIds) {
    return calls.ask(
        GroupLogServiceGrpc.getMembersAmongMethod(),
        groupId,
        MembersRequest.newBuilder().setGroupId(groupId).addAllUserIds(userIds).build(),
        Encoding::read);
  }

  @Override
  public CompletionStage<Outcome<Members>> members(long groupId) {
    return calls.ask(
        GroupLogServiceGrpc.getMembersMethod(),
        groupId,
        MembersRequest.newBuilder().setGroupId(groupId).build(),
        Encoding::read);
  }

  @Override
  public CompletionStage<Outcome<Appended>> append(NewEntry entry) {
    return calls.ask(
        GroupLogServiceGrpc.getAppendMethod(),
        entry.groupId(),
        Encoding.write(entry),
        Encoding::read);
  }
}
