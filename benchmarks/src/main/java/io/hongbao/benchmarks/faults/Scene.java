package io.hongbao.benchmarks.faults;

import java.time.Duration;

/// One run of a fault: where, among whom, how long it lasts where it lasts, and what was found out
/// on the way.
record Scene(Stage stage, Crowd crowd, Duration held, Notes notes) {}
