package io.hongbao.common.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A Lua script from the class path, run by its digest and loaded where Redis does not know it yet.
/// Every script gives the same answer when it is run twice with the same arguments, since after a
/// lost connection nobody knows whether it ran. The keys of a run are in one hash slot, or no
/// cluster could run it; a single Redis is held to the same.
public final class LuaScript<T> {

  private final Redis redis;
  private final String source;
  private final ScriptOutputType output;
  private volatile @Nullable String digest;

  private LuaScript(Redis redis, String source, ScriptOutputType output) {
    this.redis = redis;
    this.source = source;
    this.output = output;
  }

  /// A script that answers with an integer.
  ///
  /// @param owner the class beside which the resource lies
  public static LuaScript<Long> returningInteger(Redis redis, Class<?> owner, String resource) {
    return new LuaScript<>(redis, source(owner, resource), ScriptOutputType.INTEGER);
  }

  /// A script that answers with a list of strings or integers.
  public static LuaScript<List<Object>> returningList(
      Redis redis, Class<?> owner, String resource) {
    return new LuaScript<>(redis, source(owner, resource), ScriptOutputType.MULTI);
  }

  private static String source(Class<?> owner, String resource) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no script " + resource + " beside " + owner);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + resource, e);
    }
  }

  /// @param keys of one hash slot
  public T run(List<String> keys, String... arguments) {
    String[] keyArray = inOneSlot(keys);
    var commands = redis.sync();
    String known = known();
    try {
      return commands.evalsha(known, output, keyArray, arguments);
    } catch (RedisNoScriptException _) {
      return commands.eval(source, output, keyArray, arguments);
    }
  }

  /// The same without waiting. The stage fails where Redis is away; it completes on the thread that
  /// reads from Redis, which must not be held.
  public CompletionStage<T> runAsync(List<String> keys, String... arguments) {
    String[] keyArray = inOneSlot(keys);
    try {
      var commands = redis.async();
      CompletionStage<T> first = commands.evalsha(known(), output, keyArray, arguments);
      return first.exceptionallyCompose(
          failure ->
              failure instanceof RedisNoScriptException
                  ? commands.eval(source, output, keyArray, arguments)
                  : CompletableFuture.failedStage(failure));
    } catch (RedisException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static String[] inOneSlot(List<String> keys) {
    int slot = SlotHash.getSlot(keys.getFirst());
    for (String key : keys) {
      if (SlotHash.getSlot(key) != slot) {
        throw new IllegalArgumentException("keys of more than one hash slot: " + keys);
      }
    }
    return keys.toArray(String[]::new);
  }

  private String known() {
    String known = digest;
    if (known == null) {
      known = redis.async().digest(source);
      digest = known;
    }
    return known;
  }
}
