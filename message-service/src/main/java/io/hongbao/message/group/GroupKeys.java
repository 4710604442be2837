package io.hongbao.message.group;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.sql.Database;
import io.hongbao.message.group.ClientKeyMapper.Reserved;
import io.hongbao.message.log.Digest;
import io.hongbao.message.log.JsonLists;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/// Fixes the id of a group to be before it is made, under the client's key: a repeat, also one
/// after a crash in between, makes or finds the same group. Blocks: for
/// [io.hongbao.common.sql.Queries].
final class GroupKeys {

  private static final String KIND = "GROUP";

  private final Database database;
  private final Clock clock;

  GroupKeys(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// The id that the group has or will have. Refusals: `conflict`.
  ///
  /// @param candidate the id that it will have if the key is new
  Outcome<Long> reserve(long userId, GroupRequest.Create create, long candidate) {
    byte[] key = create.clientGroupId().getBytes(StandardCharsets.UTF_8);
    long digest = Digest.of(create.name(), JsonLists.ids(create.memberIds()));
    Reserved reserved =
        database.transact(
            tx -> {
              ClientKeyMapper keys = tx.mapper(ClientKeyMapper.class);
              keys.reserve(userId, KIND, key, digest, candidate, clock.millis());
              return keys.reserved(userId, KIND, key);
            });
    return reserved.digest() == digest
        ? Outcome.done(reserved.resultId())
        : Outcome.refused(ErrorCode.CONFLICT, "clientGroupId was used for another group before");
  }
}
