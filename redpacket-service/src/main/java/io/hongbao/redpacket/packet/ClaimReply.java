package io.hongbao.redpacket.packet;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonValue;
import io.hongbao.common.contract.Reply;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answer to a grab or an opening.
///
/// @param amountFen once opened
/// @param openedAt with an opening only
public record ClaimReply(Status status, @Nullable Long amountFen, @Nullable Long openedAt) {

  public enum Status {
    GRABBED,
    OPENED,
    /// Every place is another's: final.
    EMPTY,
    EXPIRED;

    @JsonValue
    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Encoded once: a crowd is told little else.
  private static final Map<Status, Reply> BARE =
      Arrays.stream(Status.values()).collect(toMap(identity(), status -> Reply.of(of(status))));

  static final ClaimReply GRABBED = of(Status.GRABBED);
  static final ClaimReply EMPTY = of(Status.EMPTY);
  static final ClaimReply EXPIRED = of(Status.EXPIRED);

  Reply encoded() {
    Reply bare = amountFen == null && openedAt == null ? BARE.get(status) : null;
    return bare == null ? Reply.of(this) : bare;
  }

  private static ClaimReply of(Status status) {
    return new ClaimReply(status, null, null);
  }

  static ClaimReply opened(@Nullable Long amountFen, @Nullable Long openedAt) {
    return new ClaimReply(Status.OPENED, amountFen, openedAt);
  }
}
