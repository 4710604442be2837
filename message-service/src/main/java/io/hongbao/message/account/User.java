package io.hongbao.message.account;

/// The `User` of the protocol.
public record User(long userId, String username, String nickname) {}
