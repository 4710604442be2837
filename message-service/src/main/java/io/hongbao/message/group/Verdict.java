package io.hongbao.message.group;

import io.hongbao.common.error.Refusal;
import io.hongbao.message.log.Entry;
import java.util.List;

/// What the rules say to a command.
public sealed interface Verdict {

  /// It is carried out; the answer leaves after the commit.
  record Done(List<Entry> entries, List<Change> changes, Answer answer) implements Verdict {}

  /// What was wished holds already: nothing is written.
  record Repeat(Answer answer) implements Verdict {}

  record Refused(Refusal refusal) implements Verdict {}
}
