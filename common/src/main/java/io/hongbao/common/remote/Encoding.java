package io.hongbao.common.remote;

import io.hongbao.common.contract.Avatars;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.Identity;
import io.hongbao.common.contract.MediaLibrary;
import io.hongbao.common.contract.Memberships.Membership;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.contract.TraceId;
import io.hongbao.common.contract.UnreadMembers;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.remote.proto.AppendReply;
import io.hongbao.common.remote.proto.AppendRequest;
import io.hongbao.common.remote.proto.AuthenticateReply;
import io.hongbao.common.remote.proto.GroupsOfReply;
import io.hongbao.common.remote.proto.IsVisibleToReply;
import io.hongbao.common.remote.proto.MembersReply;
import io.hongbao.common.remote.proto.PlaceOfReply;
import io.hongbao.common.remote.proto.UnreadReply;
import io.hongbao.common.remote.proto.UploadedByReply;
import io.hongbao.common.remote.proto.WriterReply;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What callers ask and are answered, as messages of the wire and back. `read` reads what `write`
/// has written.
final class Encoding {

  private static final Map<String, ErrorCode> CODES =
      Arrays.stream(ErrorCode.values())
          .collect(Collectors.toMap(ErrorCode::wireName, Function.identity()));

  private Encoding() {}

  static io.hongbao.common.remote.proto.Request write(long id, Request request) {
    Caller caller = request.caller();
    return io.hongbao.common.remote.proto.Request.newBuilder()
        .setId(id)
        .setUserId(caller.userId())
        .setSessionId(caller.sessionId())
        .setDeviceId(caller.deviceId())
        .setAddress(caller.address())
        .setOp(request.op())
        .setData(Bytes.of(request.data()))
        .setTraceHigh(request.trace().high())
        .setTraceLow(request.trace().low())
        .build();
  }

  static Request read(io.hongbao.common.remote.proto.Request request) {
    return new Request(
        new Caller(
            request.getUserId(),
            request.getSessionId(),
            request.getDeviceId(),
            request.getAddress()),
        request.getOp(),
        Bytes.array(request.getData()),
        new TraceId(request.getTraceHigh(), request.getTraceLow()));
  }

  static io.hongbao.common.remote.proto.Reply write(long id, Reply reply) {
    var message = io.hongbao.common.remote.proto.Reply.newBuilder().setId(id);
    return switch (reply) {
      case Reply.Success success -> message.setData(Bytes.of(success.data())).build();
      case Reply.Failure failure -> message.setRefusal(write(failure.refusal())).build();
    };
  }

  static Reply read(io.hongbao.common.remote.proto.Reply reply) {
    return reply.hasRefusal()
        ? Reply.refused(read(reply.getRefusal()))
        : new Reply.Success(Bytes.array(reply.getData()));
  }

  static io.hongbao.common.remote.proto.Refusal write(Refusal refusal) {
    var message =
        io.hongbao.common.remote.proto.Refusal.newBuilder()
            .setCode(refusal.code().wireName())
            .setMessage(refusal.message());
    if (refusal.field() != null) {
      message.setField(refusal.field());
    }
    if (refusal.retryAfterMs() != null) {
      message.setRetryAfterMs(refusal.retryAfterMs());
    }
    if (refusal.untilAt() != null) {
      message.setUntilAt(refusal.untilAt());
    }
    return message.build();
  }

  /// A code that only a newer version knows is `internal` to this one.
  static Refusal read(io.hongbao.common.remote.proto.Refusal refusal) {
    return new Refusal(
        CODES.getOrDefault(refusal.getCode(), ErrorCode.INTERNAL),
        refusal.getMessage(),
        refusal.hasField() ? refusal.getField() : null,
        refusal.hasRetryAfterMs() ? refusal.getRetryAfterMs() : null,
        refusal.hasUntilAt() ? refusal.getUntilAt() : null);
  }

  static AuthenticateReply writeAuthenticated(Outcome<Identity.Authenticated> outcome) {
    var reply = AuthenticateReply.newBuilder();
    switch (outcome) {
      case Outcome.Refused<Identity.Authenticated> refused ->
          reply.setRefusal(write(refused.refusal()));
      case Outcome.Done<Identity.Authenticated>(Identity.Authenticated who) ->
          reply
              .getAuthenticatedBuilder()
              .setUserId(who.userId())
              .setExpiresAt(who.expiresAt())
              .setUser(Bytes.of(who.user()));
    }
    return reply.build();
  }

  static Outcome<Identity.Authenticated> read(AuthenticateReply reply) {
    if (reply.hasRefusal()) {
      return Outcome.refused(read(reply.getRefusal()));
    }
    AuthenticateReply.Authenticated who = reply.getAuthenticated();
    return Outcome.done(
        new Identity.Authenticated(
            who.getUserId(), who.getExpiresAt(), Bytes.array(who.getUser())));
  }

  static GroupsOfReply write(List<Membership> memberships) {
    var reply = GroupsOfReply.newBuilder();
    for (Membership membership : memberships) {
      reply
          .addMembershipsBuilder()
          .setGroupId(membership.groupId())
          .setLastSeq(membership.lastSeq());
    }
    return reply.build();
  }

  static List<Membership> read(GroupsOfReply reply) {
    return reply.getMembershipsList().stream()
        .map(membership -> new Membership(membership.getGroupId(), membership.getLastSeq()))
        .toList();
  }

  static WriterReply writeWriter(Outcome<GroupLog.Writer> outcome) {
    var reply = WriterReply.newBuilder();
    switch (outcome) {
      case Outcome.Refused<GroupLog.Writer> refused -> reply.setRefusal(write(refused.refusal()));
      case Outcome.Done<GroupLog.Writer>(GroupLog.Writer writer) ->
          reply.setCompanionIsMember(writer.companionIsMember());
    }
    return reply.build();
  }

  static Outcome<GroupLog.Writer> read(WriterReply reply) {
    return reply.hasRefusal()
        ? Outcome.refused(read(reply.getRefusal()))
        : Outcome.done(new GroupLog.Writer(reply.getCompanionIsMember()));
  }

  static MembersReply writeMembers(Outcome<GroupLog.Members> outcome) {
    var reply = MembersReply.newBuilder();
    switch (outcome) {
      case Outcome.Refused<GroupLog.Members> refused -> reply.setRefusal(write(refused.refusal()));
      case Outcome.Done<GroupLog.Members>(GroupLog.Members members) ->
          reply
              .getMembersBuilder()
              .setDissolved(members.dissolved())
              .addAllUserIds(members.userIds());
    }
    return reply.build();
  }

  static Outcome<GroupLog.Members> read(MembersReply reply) {
    if (reply.hasRefusal()) {
      return Outcome.refused(read(reply.getRefusal()));
    }
    MembersReply.Members members = reply.getMembers();
    return Outcome.done(
        new GroupLog.Members(
            members.getDissolved(), new LinkedHashSet<>(members.getUserIdsList())));
  }

  static UnreadReply writeUnread(Outcome<List<UnreadMembers.Unread>> outcome) {
    var reply = UnreadReply.newBuilder();
    switch (outcome) {
      case Outcome.Refused<List<UnreadMembers.Unread>> refused ->
          reply.setRefusal(write(refused.refusal()));
      case Outcome.Done<List<UnreadMembers.Unread>>(List<UnreadMembers.Unread> members) -> {
        for (UnreadMembers.Unread member : members) {
          reply
              .addMembersBuilder()
              .setUserId(member.userId())
              .setCount(member.count())
              .setMentioned(member.mentioned());
        }
      }
    }
    return reply.build();
  }

  static Outcome<List<UnreadMembers.Unread>> read(UnreadReply reply) {
    return reply.hasRefusal()
        ? Outcome.refused(read(reply.getRefusal()))
        : Outcome.done(
            reply.getMembersList().stream()
                .map(
                    member ->
                        new UnreadMembers.Unread(
                            member.getUserId(), member.getCount(), member.getMentioned()))
                .toList());
  }

  static AppendRequest write(GroupLog.NewEntry entry) {
    return AppendRequest.newBuilder()
        .setKind(
            switch (entry.kind()) {
              case PACKET -> AppendRequest.Kind.PACKET;
              case ANNOUNCEMENT -> AppendRequest.Kind.ANNOUNCEMENT;
            })
        .setGroupId(entry.groupId())
        .setMessageId(entry.messageId())
        .setAuthorId(entry.authorId())
        .setKey(entry.key())
        .setContent(entry.content())
        .build();
  }

  /// @throws IllegalArgumentException for a kind that only a newer version knows
  static GroupLog.NewEntry read(AppendRequest request) {
    return new GroupLog.NewEntry(
        switch (request.getKind()) {
          case PACKET -> GroupLog.Kind.PACKET;
          case ANNOUNCEMENT -> GroupLog.Kind.ANNOUNCEMENT;
          case UNRECOGNIZED -> throw new IllegalArgumentException("unknown kind of entry");
        },
        request.getGroupId(),
        request.getMessageId(),
        request.getAuthorId(),
        request.getKey(),
        request.getContent());
  }

  static AppendReply writeAppended(Outcome<GroupLog.Appended> outcome) {
    var reply = AppendReply.newBuilder();
    switch (outcome) {
      case Outcome.Refused<GroupLog.Appended> refused -> reply.setRefusal(write(refused.refusal()));
      case Outcome.Done<GroupLog.Appended>(GroupLog.Appended appended) ->
          reply
              .getAppendedBuilder()
              .setMessageId(appended.messageId())
              .setSeq(appended.seq())
              .setSentAt(appended.sentAt());
    }
    return reply.build();
  }

  static Outcome<GroupLog.Appended> read(AppendReply reply) {
    if (reply.hasRefusal()) {
      return Outcome.refused(read(reply.getRefusal()));
    }
    AppendReply.Appended appended = reply.getAppended();
    return Outcome.done(
        new GroupLog.Appended(appended.getMessageId(), appended.getSeq(), appended.getSentAt()));
  }

  static IsVisibleToReply writeVisible(Outcome<Boolean> outcome) {
    var reply = IsVisibleToReply.newBuilder();
    switch (outcome) {
      case Outcome.Refused<Boolean> refused -> reply.setRefusal(write(refused.refusal()));
      case Outcome.Done<Boolean>(Boolean visible) -> reply.setVisible(visible);
    }
    return reply.build();
  }

  static Outcome<Boolean> read(IsVisibleToReply reply) {
    return reply.hasRefusal()
        ? Outcome.refused(read(reply.getRefusal()))
        : Outcome.done(reply.getVisible());
  }

  static UploadedByReply writeMedium(Outcome<MediaLibrary.Medium> outcome) {
    var reply = UploadedByReply.newBuilder();
    switch (outcome) {
      case Outcome.Refused<MediaLibrary.Medium> refused ->
          reply.setRefusal(write(refused.refusal()));
      case Outcome.Done<MediaLibrary.Medium>(MediaLibrary.Medium medium) ->
          reply.setMedium(write(medium));
    }
    return reply.build();
  }

  static Outcome<MediaLibrary.Medium> read(UploadedByReply reply) {
    return reply.hasRefusal()
        ? Outcome.refused(read(reply.getRefusal()))
        : Outcome.done(read(reply.getMedium()));
  }

  static MediaLibrary.Kind mediaKind(String wireName) {
    for (MediaLibrary.Kind kind : MediaLibrary.Kind.values()) {
      if (kind.wireName().equals(wireName)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("unknown kind of medium");
  }

  static PlaceOfReply writePlace(Outcome<Avatars.Place> outcome) {
    var reply = PlaceOfReply.newBuilder();
    switch (outcome) {
      case Outcome.Refused<Avatars.Place> refused -> reply.setRefusal(write(refused.refusal()));
      case Outcome.Done<Avatars.Place>(Avatars.Place place) ->
          reply.getPlaceBuilder().setUrl(place.url()).setTtlMs(place.ttl().toMillis());
    }
    return reply.build();
  }

  static Outcome<Avatars.Place> read(PlaceOfReply reply) {
    return reply.hasRefusal()
        ? Outcome.refused(read(reply.getRefusal()))
        : Outcome.done(
            new Avatars.Place(
                reply.getPlace().getUrl(), Duration.ofMillis(reply.getPlace().getTtlMs())));
  }

  private static UploadedByReply.Medium write(MediaLibrary.Medium medium) {
    var message =
        UploadedByReply.Medium.newBuilder()
            .setMediaId(medium.mediaId())
            .setKind(medium.kind().wireName())
            .setContentType(medium.contentType())
            .setBytes(medium.bytes());
    if (medium.name() != null) {
      message.setName(medium.name());
    }
    if (medium.width() != null) {
      message.setWidth(medium.width());
    }
    if (medium.height() != null) {
      message.setHeight(medium.height());
    }
    if (medium.durationMs() != null) {
      message.setDurationMs(medium.durationMs());
    }
    if (medium.thumbnailMediaId() != null) {
      message.setThumbnailMediaId(medium.thumbnailMediaId());
    }
    return message.build();
  }

  private static MediaLibrary.Medium read(UploadedByReply.Medium medium) {
    return new MediaLibrary.Medium(
        medium.getMediaId(),
        mediaKind(medium.getKind()),
        medium.getContentType(),
        medium.getBytes(),
        medium.hasName() ? medium.getName() : null,
        medium.hasWidth() ? medium.getWidth() : null,
        medium.hasHeight() ? medium.getHeight() : null,
        medium.hasDurationMs() ? medium.getDurationMs() : null,
        medium.hasThumbnailMediaId() ? medium.getThumbnailMediaId() : null);
  }
}
