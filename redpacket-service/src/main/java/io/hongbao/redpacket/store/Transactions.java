package io.hongbao.redpacket.store;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs work in one transaction, committed where it returns, rolled back where it throws.
///
/// Work may be run again from its beginning: where others have come between, and where nobody knows
/// whether a commit went through. So it changes nothing but the tables, and finds what it did
/// before.
@FunctionalInterface
public interface Transactions {
  <T extends @Nullable Object> T transact(Function<Tables, T> work);
}
