package io.hongbao.message.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the protocol says of a group's log: sending, taking back and reading.
final class PlainLog {

  static final class Entry {
    final int sender;
    final String type;
    final long at;
    String content;
    String mentions = "";
    String key = "";
    int recallSeq;
    int recalledBy = -1;
    long recalledAt;
    int editSeq;
    int edits;
    long editedAt;
    final Map<String, TreeSet<Integer>> reactions = new LinkedHashMap<>();
    final Map<String, TreeSet<Integer>> reactionsLost = new LinkedHashMap<>();

    Entry(int sender, String type, long at, String content) {
      this.sender = sender;
      this.type = type;
      this.at = at;
      this.content = content;
    }
  }

  private record Sent(String answer, String content) {}

  private final PlainGroup group;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Sent> sent = new HashMap<>();
  private final PlainMarks marks;

  PlainLog(PlainGroup group) {
    this.group = group;
    this.marks = new PlainMarks(group, this);
  }

  int size() {
    return entries.size();
  }

  void system(int actor, String kind, String more) {
    add(actor, "system", "{\"kind\":\"%s\",\"actorId\":\"u%d\"%s}".formatted(kind, actor, more));
  }

  Entry add(int sender, String type, String content) {
    var entry = new Entry(sender, type, group.now, content);
    entries.add(entry);
    return entry;
  }

  String answer(int index, Step step) {
    int actor = step.actor();
    return switch (step.op()) {
      case SEND -> send(actor, step.flag() ? "same" : "key" + index, step);
      case RECALL -> recall(actor, step.number() + 1);
      case PIN, UNPIN, EDIT, REACT, PINNED -> marks.answer(step);
      case HISTORY -> group.asMember(actor, () -> history(actor));
      default -> throw new IllegalArgumentException(step.op().name());
    };
  }

  /// The step with the number of a recent text, mostly, and mostly by its sender where only that
  /// one may.
  Step aimed(Step step) {
    List<Integer> texts =
        IntStream.range(0, entries.size())
            .filter(i -> entries.get(i).type.equals("text"))
            .boxed()
            .toList()
            .reversed();
    int choice = step.number() % 6;
    if (choice == 5 || choice >= texts.size()) {
      return step;
    }
    int place = texts.get(choice);
    boolean bySender = (step.op() == Step.Op.EDIT || step.op() == Step.Op.RECALL) && step.flag();
    return (bySender ? step.by(entries.get(place).sender) : step).at(place);
  }

  @Nullable Entry entry(int seq) {
    return seq <= entries.size() ? entries.get(seq - 1) : null;
  }

  boolean visible(int actor, int seq) {
    PlainGroup.Member member = group.member(actor);
    return member != null
        && seq <= entries.size()
        && (group.is("historyPolicy", "all") || seq >= member.joinSeq);
  }

  static String content(Step step) {
    return "{\"text\":\"" + step.text() + "\"}";
  }

  /// The list, empty where there are none, `-` where the request has no such field.
  static String mentions(Step step) {
    return switch (step.other()) {
      case 0 -> "[\"u" + step.target() + "\"]";
      case 1 -> "[\"all\"]";
      case 2 -> "";
      default -> "-";
    };
  }

  String mayMention(int actor, String mentions, Step step) {
    if (mentions.startsWith("[\"u") && group.member(step.target()) == null) {
      return "invalid_argument mentions";
    }
    return mentions.equals("[\"all\"]") && !group.leads(actor) ? "forbidden" : "";
  }

  String muted(int actor) {
    PlainGroup.Member member = group.in(actor);
    if (member.mutedUntil > group.now && !member.role.equals("owner")) {
      return "muted until=" + member.mutedUntil + " retry=" + (member.mutedUntil - group.now);
    }
    return "";
  }

  String mayPost(int actor) {
    String muted = muted(actor);
    if (!muted.isEmpty()) {
      return muted;
    }
    return group.is("postPolicy", "admins") && !group.leads(actor) ? "muted" : "";
  }

  private String send(int actor, String key, Step step) {
    String mentions = mentions(step).replace("-", "");
    String content = content(step) + mentions;
    Sent before = sent.get(actor + key);
    if (before != null) {
      return before.content.equals(content)
          ? before.answer.replace("}", ",\"duplicate\":true}")
          : "conflict";
    }
    for (String no :
        List.of(group.mayChange(actor), group.member(actor) == null ? "" : mayPost(actor))) {
      if (!no.isEmpty()) {
        return no;
      }
    }
    String mayNot = mayMention(actor, mentions, step);
    if (!mayNot.isEmpty()) {
      return mayNot;
    }
    long slowMs = Long.parseLong(group.rules.getOrDefault("slowModeMs", "0"));
    long last =
        entries.stream()
            .filter(entry -> entry.sender == actor && entry.type.equals("text"))
            .mapToLong(entry -> entry.at)
            .max()
            .orElse(Long.MIN_VALUE / 2);
    if (!group.leads(actor) && group.now - last < slowMs) {
      return "rate_limited retry=" + (last + slowMs - group.now);
    }
    Entry entry = add(actor, "text", content(step));
    entry.mentions = mentions;
    entry.key = key;
    String answer = "{\"seq\":%d,\"sentAt\":%d}".formatted(size(), group.now);
    sent.put(actor + key, new Sent(answer, content));
    return answer;
  }

  private String recall(int actor, int seq) {
    Entry entry = entry(seq);
    boolean may =
        entry != null
            && group.member(actor) != null
            && (entry.sender == actor || group.leads(actor));
    if (entry != null && entry.recallSeq > 0 && (may || entry.recalledBy == actor)) {
      return "{\"seq\":" + entry.recallSeq + "}";
    }
    String no = group.mayChange(actor);
    if (!no.isEmpty()) {
      return no;
    }
    if (entry == null || !visible(actor, seq)) {
      return "not_found";
    }
    if (!entry.type.equals("text")) {
      return "invalid_argument seq";
    }
    if (!may) {
      return "forbidden";
    }
    if (!group.leads(actor) && group.now - entry.at > 120_000) {
      return "recall_too_late";
    }
    add(actor, "recall", "{\"seq\":" + seq + "}");
    entry.recallSeq = size();
    entry.recalledBy = actor;
    entry.recalledAt = group.now;
    entry.content = "{}";
    entry.mentions = "";
    entry.reactionsLost.putAll(entry.reactions);
    entry.reactions.clear();
    marks.unpin(seq);
    for (Entry edit : entries) {
      if (edit.type.equals("edit") && edit.content.startsWith("{\"seq\":" + seq + ",")) {
        edit.content = "{\"seq\":" + seq + "}";
        edit.mentions = "";
      }
    }
    if (entry.sender != actor) {
      group.audit(
          actor,
          "message_recalled",
          List.of(entry.sender),
          "{\"seq\":" + seq + ",\"type\":\"text\"}",
          "");
    }
    return "{\"seq\":" + size() + "}";
  }

  private String history(int actor) {
    var lines = new StringBuilder();
    for (int seq = 1; seq <= size(); seq++) {
      if (visible(actor, seq)) {
        lines.append('\n').append(shown(actor, seq));
      }
    }
    return lines.toString();
  }

  String shown(int actor, int seq) {
    Entry entry = entries.get(seq - 1);
    String reactions =
        entry.reactions.entrySet().stream()
            .map(
                reaction ->
                    "{\"emoji\":\"%s\",\"count\":%d%s}"
                        .formatted(
                            reaction.getKey(),
                            reaction.getValue().size(),
                            reaction.getValue().contains(actor) ? ",\"mine\":true" : ""))
            .collect(Collectors.joining(","));
    return "{\"seq\":%d,\"senderId\":\"u%d\",\"type\":\"%s\",\"content\":%s,\"sentAt\":%d"
            .formatted(seq, entry.sender, entry.type, entry.content, entry.at)
        + (entry.key.isEmpty() ? "" : ",\"clientMessageId\":\"" + entry.key + "\"")
        + (entry.mentions.isEmpty() ? "" : ",\"mentions\":" + entry.mentions)
        + (entry.recallSeq == 0 ? "" : ",\"recalledAt\":" + entry.recalledAt)
        + (entry.editSeq == 0 ? "" : ",\"editedAt\":" + entry.editedAt)
        + (reactions.isEmpty() ? "" : ",\"reactions\":[" + reactions + "]")
        + "}";
  }
}
