package io.hongbao.message.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A group and its log in the plainest form, to hold the real ones against: people 0 to 5, 0 the
/// owner, 0 to 3 members at first; all numbers are counted anew each time.
final class LogModel {

  static final int PEOPLE = 6;
  static final int FIRST_MEMBERS = 4;

  /// What somebody does; `target` is a person or an entry, as the kind has it.
  record Step(Kind kind, int actor, int target) {

    /// The step that a number stands for; every number does.
    static Step of(int number) {
      int kind = number % 10;
      int actor = (number / 10) % PEOPLE;
      int target = number / (10 * PEOPLE);
      if (kind < 5) {
        return new Step(Kind.SEND, actor, 0);
      }
      return switch (kind) {
        case 5, 6, 7 -> new Step(Kind.RECALL, actor, 1 + target % 60);
        case 8 -> new Step(Kind.INVITE, actor, target % PEOPLE);
        default -> new Step(Kind.LEAVE, actor, 0);
      };
    }
  }

  enum Kind {
    SEND,
    RECALL,
    INVITE,
    LEAVE
  }

  private record Line(boolean counts, int sender, int recallOf) {}

  private final List<Line> lines = new ArrayList<>();
  private final Set<Integer> members = new TreeSet<>();

  LogModel() {
    lines.add(new Line(false, 0, 0));
    lines.add(new Line(false, 0, 0));
    for (int person = 0; person < FIRST_MEMBERS; person++) {
      members.add(person);
    }
  }

  /// Whether the step changes something.
  boolean take(Step step) {
    if (!may(step)) {
      return false;
    }
    switch (step.kind()) {
      case SEND -> lines.add(new Line(true, step.actor(), 0));
      case RECALL -> lines.add(new Line(false, step.actor(), step.target()));
      case INVITE -> {
        members.add(step.target());
        lines.add(new Line(false, step.actor(), 0));
      }
      case LEAVE -> {
        members.remove(step.actor());
        lines.add(new Line(false, step.actor(), 0));
      }
    }
    return true;
  }

  private boolean may(Step step) {
    return members.contains(step.actor())
        && switch (step.kind()) {
          case SEND -> true;
          case RECALL ->
              step.target() <= lines.size()
                  && line(step.target()).counts()
                  && !isRecalled(step.target())
                  && (step.actor() == 0 || line(step.target()).sender() == step.actor());
          case INVITE -> !members.contains(step.target());
          case LEAVE -> step.actor() != 0;
        };
  }

  private Line line(int seq) {
    return lines.get(seq - 1);
  }

  private boolean isRecalled(int seq) {
    return lines.stream().anyMatch(line -> line.recallOf() == seq);
  }

  int lastSeq() {
    return lines.size();
  }

  long countedUpTo(int seq) {
    return lines.subList(0, seq).stream().filter(Line::counts).count();
  }

  int lastCountedSeq() {
    int last = 0;
    for (int seq = 1; seq <= lines.size(); seq++) {
      last = line(seq).counts() ? seq : last;
    }
    return last;
  }

  /// The last entry that counts, or the recall of it.
  int lastMessageSeq() {
    int last = lastCountedSeq();
    for (int seq = last + 1; last > 0 && seq <= lines.size(); seq++) {
      if (line(seq).recallOf() == last) {
        return seq;
      }
    }
    return last;
  }

  /// Counting entries after `floor` that nobody took back.
  long unreadAfter(int floor) {
    long unread = 0;
    for (int seq = floor + 1; seq <= lines.size(); seq++) {
      if (line(seq).counts() && !isRecalled(seq)) {
        unread++;
      }
    }
    return unread;
  }

  Set<Integer> members() {
    return members;
  }
}
