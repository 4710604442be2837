package io.hongbao.redpacket.ticket;

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

  /// From the numbers of `grab.lua`.
  static Ticket of(long result, long epoch) {
    return new Ticket(
        switch ((int) result) {
          case 0 -> Result.NOT_LOADED;
          case 1 -> Result.TICKET;
          case 2 -> Result.EMPTY;
          case 3 -> Result.BUSY;
          case 4 -> Result.EXPIRED;
          default -> throw new IllegalStateException("grab.lua said " + result);
        },
        (int) epoch);
  }
}
