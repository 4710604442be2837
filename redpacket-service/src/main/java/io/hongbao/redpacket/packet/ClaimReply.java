package io.hongbao.redpacket.packet;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
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

  static final ClaimReply GRABBED = of(Status.GRABBED);
  static final ClaimReply EMPTY = of(Status.EMPTY);
  static final ClaimReply EXPIRED = of(Status.EXPIRED);

  private static ClaimReply of(Status status) {
    return new ClaimReply(status, null, null);
  }

  static ClaimReply opened(@Nullable Long amountFen, @Nullable Long openedAt) {
    return new ClaimReply(Status.OPENED, amountFen, openedAt);
  }
}
