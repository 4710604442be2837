package io.hongbao.common.contract;

/// Who asks: what the gateway knows of a session and every service may trust.
///
/// @param userId 0 on the HTTP calls before there is a user
/// @param sessionId unique for each connection, 0 on HTTP
/// @param deviceId the client's own name of its device, empty on HTTP
/// @param address the client's network address, for limits
public record Caller(long userId, long sessionId, String deviceId, String address) {

  /// Who has not logged in: may call only the account operations.
  public static Caller anonymous(String address) {
    return new Caller(0, 0, "", address);
  }

  public boolean isAnonymous() {
    return userId == 0;
  }
}
