package io.hongbao.redpacket.packet;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The packets that are in use, read once each.
public final class PacketViews {

  /// Packets held in memory: some 200 bytes each, and 50 for every place once it is over.
  static final int COUNT_MAX = 20_000;

  private final Database database;
  private final Queries queries;
  private final AsyncCache<Long, PacketView> views;

  public PacketViews(Database database, Queries queries) {
    this.database = database;
    this.queries = queries;
    this.views =
        Caffeine.newBuilder().maximumSize(COUNT_MAX).executor(queries.threads()).buildAsync();
  }

  /// Null where there is no such packet; fails where the database is away.
  CompletionStage<@Nullable PacketView> get(long packetId) {
    return views.get(
        packetId, (id, threads) -> CompletableFuture.supplyAsync(() -> read(id), threads));
  }

  /// One that was just made.
  void put(PacketView view) {
    views.put(view.packetId(), CompletableFuture.completedFuture(view));
  }

  private @Nullable PacketView read(long packetId) {
    return queries.turn(
        () -> database.transact(tx -> tx.mapper(PacketReadMapper.class).view(packetId)));
  }
}
