package io.hongbao.redpacket.ticket;

import java.util.List;

/// What the tickets say to a user who wants a place.
///
/// @param epoch of the filling that said so; 0 where there is none
public record Ticket(Result result, int epoch) {

  /// Redis is away.
  static final Ticket AWAY = new Ticket(Result.AWAY, 0);

  public enum Result {
    NOT_LOADED,
    TICKET,
    EMPTY,
    BUSY,
    EXPIRED,
    AWAY
  }

  /// From the numbers of `grab.lua`: a ticket for each user.
  static List<Ticket> of(List<Object> answer) {
    int epoch = ((Long) answer.getFirst()).intValue();
    return answer.stream().skip(1).map(result -> new Ticket(of((Long) result), epoch)).toList();
  }

  private static Result of(long result) {
    return switch ((int) result) {
      case 0 -> Result.NOT_LOADED;
      case 1 -> Result.TICKET;
      case 2 -> Result.EMPTY;
      case 3 -> Result.BUSY;
      case 4 -> Result.EXPIRED;
      default -> throw new IllegalStateException("grab.lua said " + result);
    };
  }
}
