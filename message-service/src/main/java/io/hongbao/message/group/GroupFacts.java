package io.hongbao.message.group;

import io.hongbao.message.log.Earlier;
import io.hongbao.message.log.Entry;
import io.hongbao.message.log.MessageKey;
import io.hongbao.message.log.Target;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the database says about a group beside its [GroupState], as far as the commands of one
/// batch ask for it: read before they are decided, and kept up with what they change. Used by one
/// thread, for one batch.
public final class GroupFacts {

  private final Map<MessageKey, Earlier> earlier = new HashMap<>();
  private final Map<Long, Target> targets = new HashMap<>();
  private final Map<String, InviteCode> codes = new HashMap<>();
  private final Set<Long> users = new HashSet<>();
  private @Nullable RandomCode randomCode;
  private final Map<Long, FormerMember> formerMembers = new HashMap<>();
  private final AdminFacts admin = new AdminFacts();
  private final EntryFacts entries = new EntryFacts();

  public void addEarlier(MessageKey key, Earlier first) {
    earlier.put(key, first);
  }

  public void addTarget(Target target) {
    targets.put(target.seq(), target);
  }

  public void addCode(InviteCode code) {
    codes.put(code.code(), code);
  }

  public void addUser(long userId) {
    users.add(userId);
  }

  public void addFormerMember(FormerMember member) {
    formerMembers.put(member.userId(), member);
  }

  public AdminFacts admin() {
    return admin;
  }

  public EntryFacts entries() {
    return entries;
  }

  public boolean hasRandomCode() {
    return randomCode != null;
  }

  public void setRandomCode(@Nullable RandomCode code) {
    randomCode = code;
  }

  /// Takes over what the rules decided, so that later commands of the batch see it.
  public void apply(Verdict.Done done) {
    for (Entry entry : done.entries()) {
      targets.put(entry.seq(), Target.of(entry));
      entries.append(entry);
      String key = entry.clientMessageId();
      if (key != null) {
        earlier.put(new MessageKey(entry.groupId(), entry.senderId(), key), Earlier.of(entry));
      }
    }
    done.changes().forEach(this::apply);
  }

  private void apply(Change done) {
    switch (done) {
      case Change.Left left -> addFormerMember(left.member());
      case Change.Recalled recalled ->
          targets.computeIfPresent(
              recalled.seq(),
              (_, target) ->
                  target.recalled(new Target.Recall(recalled.recallSeq(), recalled.userId())));
      case Change.CodeMade made -> codes.put(made.code().code(), made.code());
      case Change.CodesRevoked revoked ->
          codes.replaceAll((_, code) -> code.revoked(revoked.revokedAt()));
      case Change.Met(var code) -> randomCode = code;
      case AdminChange change -> admin.apply(change);
      case EntryChange.Edited edited -> {
        targets.computeIfPresent(
            edited.seq(),
            (_, target) ->
                target.edited(
                    edited.content(),
                    edited.mentions().json(),
                    edited.editSeq(),
                    edited.editedAt()));
      }
      case EntryChange change -> entries.apply(change);
      case Change.Created _, Change.Joined _, Change.Mentioned _, Change.MediaSent _ -> {
        // the state has it
      }
    }
  }

  public @Nullable Earlier earlier(MessageKey key) {
    return earlier.get(key);
  }

  @Nullable Target target(long seq) {
    return targets.get(seq);
  }

  @Nullable InviteCode code(String code) {
    return codes.get(code);
  }

  /// Of the codes that let somebody in now, the one that does so longest.
  @Nullable InviteCode validCode(long now) {
    return codes.values().stream()
        .filter(code -> code.isValidAt(now))
        .max(Comparator.comparingLong(InviteCode::expiresAt))
        .orElse(null);
  }

  boolean isUser(long userId) {
    return users.contains(userId);
  }

  /// Whether the group was made face to face, by this user.
  boolean madeBy(long userId) {
    return randomCode != null && randomCode.createdBy() == userId;
  }

  @Nullable FormerMember formerMember(long userId) {
    return formerMembers.get(userId);
  }
}
