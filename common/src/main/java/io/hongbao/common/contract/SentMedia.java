package io.hongbao.common.contract;

import io.hongbao.common.error.Outcome;
import java.util.concurrent.CompletionStage;

/// Where media were sent. Implemented by the message service, asked by the media storage before it
/// signs a URL.
public interface SentMedia {

  /// Whether the user may read an entry that holds the medium and has not been recalled. Refusals:
  /// `unavailable`. The stage never fails.
  CompletionStage<Outcome<Boolean>> isVisibleTo(long userId, long mediaId);
}
