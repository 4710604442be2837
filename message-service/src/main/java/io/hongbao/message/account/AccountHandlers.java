package io.hongbao.message.account;

import io.hongbao.common.config.InvalidSettingException;
import io.hongbao.common.contract.MediaLibrary;
import io.hongbao.common.id.Ids;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.message.MessageConfig;
import java.time.Clock;
import java.util.List;

/// The handlers of this package, over what they share.
public record AccountHandlers(Accounts accounts, Users users, Limits limits) {

  /// The mappers that the database must know.
  public static final List<Class<?>> MAPPERS = List.of(UserMapper.class);

  /// @throws InvalidSettingException for a token secret or a password hash that is none
  public static AccountHandlers of(
      MessageConfig config,
      Database database,
      Redis redis,
      MediaLibrary library,
      Queries queries,
      Ids ids,
      Clock clock) {
    var store = new UserStore(database, ids, clock);
    var profiles = new Profiles(store, queries);
    var tokens = new Tokens(config.tokenSecret(), config.tokenTtl(), clock);
    var passwords = new Passwords(PasswordHash.of(config.passwordHash()));
    var limits = new Limits(redis, clock, config.addressPerMinute());
    return new AccountHandlers(
        new Accounts(store, profiles, passwords, tokens, limits, queries),
        new Users(store, profiles, library, queries),
        limits);
  }
}
