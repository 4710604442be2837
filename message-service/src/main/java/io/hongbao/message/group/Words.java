package io.hongbao.message.group;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The words of the wire that stand for the constants of an enum.
final class Words {

  private Words() {}

  /// The constant that a word stands for, or null.
  static <E> @Nullable E find(E[] constants, Function<E, String> wireName, String word) {
    for (E constant : constants) {
      if (wireName.apply(constant).equals(word)) {
        return constant;
      }
    }
    return null;
  }
}
