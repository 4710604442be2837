package io.hongbao.common.contract;

/// A user who joined or lost a group by the entry `seq`.
public record MembershipChange(long userId, long seq, boolean member) {}
