package io.hongbao.benchmarks.faults;

import java.util.List;

/// What was found after a fault.
///
/// @param acknowledged messages the server had said yes to
/// @param wholeAfterMs how long after the end of the fault until every client held every entry
/// @param violations what must not be: lost, doubled, out of order, wrong unread; empty is good
record Verdict(String fault, int acknowledged, long wholeAfterMs, List<String> violations) {}
