package io.hongbao.standalone;

/// One run of the launcher that has ended.
///
/// @param output both streams
record Launch(long pid, int status, String output) {}
