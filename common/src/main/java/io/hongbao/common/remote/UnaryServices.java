package io.hongbao.common.remote;

import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.ServerCalls.UnaryMethod;
import io.hongbao.common.contract.Avatars;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.Identity;
import io.hongbao.common.contract.MediaLibrary;
import io.hongbao.common.contract.Memberships;
import io.hongbao.common.contract.SentMedia;
import io.hongbao.common.contract.UnreadMembers;
import io.hongbao.common.remote.proto.AvatarsServiceGrpc;
import io.hongbao.common.remote.proto.GroupLogServiceGrpc;
import io.hongbao.common.remote.proto.IdentityServiceGrpc;
import io.hongbao.common.remote.proto.MediaLibraryServiceGrpc;
import io.hongbao.common.remote.proto.MembershipsServiceGrpc;
import io.hongbao.common.remote.proto.SentMediaServiceGrpc;
import io.hongbao.common.remote.proto.UnreadMembersServiceGrpc;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The contracts that are single questions, served.
final class UnaryServices {

  private static final Logger LOG = LoggerFactory.getLogger(UnaryServices.class);

  private UnaryServices() {}

  static ServerServiceDefinition identity(Identity identity) {
    return ServerServiceDefinition.builder(IdentityServiceGrpc.getServiceDescriptor())
        .addMethod(
            IdentityServiceGrpc.getAuthenticateMethod(),
            ServerCalls.asyncUnaryCall(
                answering(
                    question -> identity.authenticate(question.getToken()),
                    Encoding::writeAuthenticated)))
        .build();
  }

  static ServerServiceDefinition memberships(Memberships memberships) {
    return ServerServiceDefinition.builder(MembershipsServiceGrpc.getServiceDescriptor())
        .addMethod(
            MembershipsServiceGrpc.getGroupsOfMethod(),
            ServerCalls.asyncUnaryCall(
                answering(question -> memberships.groupsOf(question.getUserId()), Encoding::write)))
        .build();
  }

  static ServerServiceDefinition groupLog(GroupLog log) {
    return ServerServiceDefinition.builder(GroupLogServiceGrpc.getServiceDescriptor())
        .addMethod(
            GroupLogServiceGrpc.getWriterMethod(),
            ServerCalls.asyncUnaryCall(
                answering(
                    question ->
                        log.writer(
                            question.getGroupId(), question.getUserId(), question.getCompanionId()),
                    Encoding::writeWriter)))
        .addMethod(
            GroupLogServiceGrpc.getMembersAmongMethod(),
            ServerCalls.asyncUnaryCall(
                answering(
                    question -> log.membersAmong(question.getGroupId(), question.getUserIdsList()),
                    Encoding::writeMembers)))
        .addMethod(
            GroupLogServiceGrpc.getMembersMethod(),
            ServerCalls.asyncUnaryCall(
                answering(question -> log.members(question.getGroupId()), Encoding::writeMembers)))
        .addMethod(
            GroupLogServiceGrpc.getAppendMethod(),
            ServerCalls.asyncUnaryCall(
                answering(
                    question -> log.append(Encoding.read(question)), Encoding::writeAppended)))
        .build();
  }

  static ServerServiceDefinition unreadMembers(UnreadMembers members) {
    return ServerServiceDefinition.builder(UnreadMembersServiceGrpc.getServiceDescriptor())
        .addMethod(
            UnreadMembersServiceGrpc.getOfMethod(),
            ServerCalls.asyncUnaryCall(
                answering(
                    question ->
                        members.of(
                            question.getGroupId(), question.getFirstSeq(), question.getLastSeq()),
                    Encoding::writeUnread)))
        .build();
  }

  static ServerServiceDefinition sentMedia(SentMedia sent) {
    return ServerServiceDefinition.builder(SentMediaServiceGrpc.getServiceDescriptor())
        .addMethod(
            SentMediaServiceGrpc.getIsVisibleToMethod(),
            ServerCalls.asyncUnaryCall(
                answering(
                    question -> sent.isVisibleTo(question.getUserId(), question.getMediaId()),
                    Encoding::writeVisible)))
        .build();
  }

  static ServerServiceDefinition mediaLibrary(MediaLibrary library) {
    return ServerServiceDefinition.builder(MediaLibraryServiceGrpc.getServiceDescriptor())
        .addMethod(
            MediaLibraryServiceGrpc.getUploadedByMethod(),
            ServerCalls.asyncUnaryCall(
                answering(
                    question ->
                        library.uploadedBy(
                            question.getUserId(),
                            question.getMediaId(),
                            Encoding.mediaKind(question.getKind())),
                    Encoding::writeMedium)))
        .build();
  }

  static ServerServiceDefinition avatars(Avatars avatars) {
    return ServerServiceDefinition.builder(AvatarsServiceGrpc.getServiceDescriptor())
        .addMethod(
            AvatarsServiceGrpc.getPlaceOfMethod(),
            ServerCalls.asyncUnaryCall(
                answering(
                    question -> avatars.placeOf(question.getMediaId()), Encoding::writePlace)))
        .build();
  }

  /// A stage that fails fails the call: the caller decides what that is to whoever asked.
  private static <Q, V, A> UnaryMethod<Q, A> answering(
      Function<Q, CompletionStage<V>> ask, Function<V, A> write) {
    return (question, caller) -> {
      CompletionStage<V> stage;
      try {
        stage = ask.apply(question);
      } catch (RuntimeException e) {
        LOG.error("a contract failed instead of answering", e);
        caller.onError(Status.INTERNAL.withDescription("internal error").asRuntimeException());
        return;
      }
      var _ =
          stage
              .thenApply(write)
              .whenComplete(
                  (answer, failure) -> {
                    if (failure != null) {
                      caller.onError(
                          Status.ABORTED.withDescription("it failed").asRuntimeException());
                    } else {
                      caller.onNext(answer);
                      caller.onCompleted();
                    }
                  });
    };
  }
}
