package io.hongbao.common.contract;

/// A user who is in a group from the entry `seq` on, or no more.
public record MembershipChange(long userId, long seq, boolean member) {}
