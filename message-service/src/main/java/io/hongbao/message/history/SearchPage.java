package io.hongbao.message.history;

import io.hongbao.message.log.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to `message.search`: newest first.
record SearchPage(List<Message> messages, @Nullable String nextCursor) {}
