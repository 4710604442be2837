package io.hongbao.message.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the protocol says of what is done to entries that are there: pins, edits and reactions.
final class PlainMarks {

  private record Pin(int seq, int by, long at) {}

  private final PlainGroup group;
  private final PlainLog log;
  private final List<Pin> pins = new ArrayList<>();

  PlainMarks(PlainGroup group, PlainLog log) {
    this.group = group;
    this.log = log;
  }

  String answer(Step step) {
    int actor = step.actor();
    int seq = step.number() + 1;
    return switch (step.op()) {
      case PIN -> pin(actor, seq, true);
      case UNPIN -> pin(actor, seq, false);
      case EDIT -> edit(actor, seq, step);
      case REACT -> react(actor, seq, step.emoji(), !step.flag());
      case PINNED -> group.asMember(actor, () -> pinned(actor));
      default -> throw new IllegalArgumentException(step.op().name());
    };
  }

  void unpin(int seq) {
    pins.removeIf(pin -> pin.seq == seq);
  }

  private String message(int actor, int seq, String mayNot) {
    String no = group.mayChange(actor);
    if (!no.isEmpty()) {
      return no;
    }
    if (!mayNot.isEmpty()) {
      return mayNot;
    }
    PlainLog.Entry entry = log.entry(seq);
    if (entry == null || !log.visible(actor, seq)) {
      return "not_found";
    }
    return entry.type.equals("text") && entry.recallSeq == 0 ? "" : "invalid_argument seq";
  }

  private String pin(int actor, int seq, boolean pinned) {
    boolean is = pins.stream().anyMatch(pin -> pin.seq == seq);
    if (group.leads(actor) && log.visible(actor, seq) && is == pinned) {
      return "{}";
    }
    String no = message(actor, seq, group.leads(actor) ? "" : "forbidden");
    if (!no.isEmpty()) {
      return no;
    }
    log.system(actor, pinned ? "message_pinned" : "message_unpinned", ",\"seq\":" + seq);
    String of = "{\"seq\":" + seq + "}";
    if (pinned) {
      pins.add(new Pin(seq, actor, group.now));
      group.audit(actor, "message_pinned", List.of(), "", of);
    } else {
      pins.removeIf(pin -> pin.seq == seq);
      group.audit(actor, "message_unpinned", List.of(), of, "");
    }
    return "{}";
  }

  private String edit(int actor, int seq, Step step) {
    PlainLog.Entry entry = log.entry(seq);
    String wished = PlainLog.mentions(step);
    boolean same =
        entry != null
            && entry.type.equals("text")
            && entry.content.equals(PlainLog.content(step))
            && (wished.equals("-") || wished.equals(entry.mentions));
    if (entry != null && same && entry.sender == actor && entry.editSeq > 0) {
      return "{\"seq\":%d,\"editedAt\":%d}".formatted(entry.editSeq, entry.editedAt);
    }
    String no =
        message(
            actor, seq, group.member(actor) == null || group.dissolved ? "" : log.mayPost(actor));
    if (!no.isEmpty() || entry == null) {
      return no;
    }
    if (entry.sender != actor) {
      return "forbidden";
    }
    if (group.now - entry.at > 900_000) {
      return "edit_too_late";
    }
    if (!wished.equals(entry.mentions)) {
      String mayNot = log.mayMention(actor, wished, step);
      if (!mayNot.isEmpty()) {
        return mayNot;
      }
    }
    if (same) {
      return "{}";
    }
    if (entry.edits == 20) {
      return "limit_reached";
    }
    entry.edits++;
    String mentions = wished.equals("-") ? entry.mentions : wished;
    group.audit(
        actor,
        "message_edited",
        List.of(),
        version(seq, entry.content, entry.mentions),
        version(seq, PlainLog.content(step), mentions));
    entry.content = PlainLog.content(step);
    entry.mentions = mentions;
    PlainLog.Entry edit =
        log.add(actor, "edit", "{\"seq\":%d,\"text\":\"%s\"}".formatted(seq, step.text()));
    edit.mentions = mentions;
    entry.editSeq = log.size();
    entry.editedAt = group.now;
    return "{\"seq\":%d,\"editedAt\":%d}".formatted(entry.editSeq, entry.editedAt);
  }

  private static String version(int seq, String content, String mentions) {
    return "{\"seq\":%d,\"content\":%s%s}"
        .formatted(seq, content, mentions.isEmpty() ? "" : ",\"mentions\":" + mentions);
  }

  private String react(int actor, int seq, String emoji, boolean added) {
    PlainLog.Entry entry = log.entry(seq);
    boolean has =
        entry != null && entry.reactions.getOrDefault(emoji, new TreeSet<>()).contains(actor);
    boolean had =
        entry != null && entry.reactionsLost.getOrDefault(emoji, new TreeSet<>()).contains(actor);
    boolean knows = log.visible(actor, seq);
    if (added ? has || had : !has && knows) {
      return "{}";
    }
    String mayNot =
        added && group.member(actor) != null && !group.dissolved ? log.muted(actor) : "";
    String no = message(actor, seq, mayNot);
    if (!no.isEmpty() || entry == null) {
      return no;
    }
    TreeSet<Integer> users = entry.reactions.computeIfAbsent(emoji, _ -> new TreeSet<>());
    if (added) {
      users.add(actor);
    } else {
      users.remove(actor);
    }
    if (users.isEmpty()) {
      entry.reactions.remove(emoji);
    }
    log.add(
        actor,
        "reaction",
        "{\"seq\":%d,\"emoji\":\"%s\",\"added\":%s}".formatted(seq, emoji, added));
    return "{}";
  }

  private String pinned(int actor) {
    return pins.reversed().stream()
        .filter(pin -> log.visible(actor, pin.seq))
        .map(
            pin ->
                "\n{\"message\":%s,\"userId\":\"u%d\",\"pinnedAt\":%d}"
                    .formatted(log.shown(actor, pin.seq), pin.by, pin.at))
        .collect(Collectors.joining());
  }
}
