package io.hongbao.message.account;

import java.time.Duration;

/// How often something may happen: a hit counts for the `window`, and with the last of `hitsMax` it
/// is enough.
///
/// @param name in keys
/// @param step hits of one step of time are counted together and count until the last of them is
///   past; the window divided by it bounds what is kept
/// @param close for how long all is closed from the last hit on; zero is until the oldest hit no
///   longer counts
record Limit(String name, int hitsMax, Duration window, Duration step, Duration close) {}
