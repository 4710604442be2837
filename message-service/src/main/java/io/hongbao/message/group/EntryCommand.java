package io.hongbao.message.group;

import io.hongbao.message.log.Mentions;
import org.jspecify.annotations.Nullable;

/// What is done to an entry that is there, beside taking it back. [EntryRequest] has the order of
/// refusals.
public sealed interface EntryCommand extends GroupCommand.OnGroup {

  /// The entry that it is done to.
  long seq();

  record Pin(Origin origin, long seq) implements EntryCommand {}

  record Unpin(Origin origin, long seq) implements EntryCommand {}

  /// @param content JSON as it is stored and sent out
  /// @param text the same, as the entry about it says
  /// @param mentions null leaves them as they are
  record Edit(Origin origin, long seq, String content, String text, @Nullable Mentions mentions)
      implements EntryCommand {}

  /// @param added false takes the caller's reaction back
  record React(Origin origin, long seq, String emoji, boolean added) implements EntryCommand {}
}
