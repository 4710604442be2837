-- The tables of the message service. Every table names its shard key; nothing joins or is unique
-- across shards but where said. Times are epoch milliseconds (UTC), ids Snowflake ids.
-- Only SQL that MySQL 8 and MariaDB 11.4 both speak.

-- One row a person. Written by accounts. Shard key: user_id.
CREATE TABLE user (
  user_id       BIGINT       NOT NULL,
  username      VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  nickname      VARCHAR(32)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  password_hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at    BIGINT       NOT NULL,
  disabled_at   BIGINT       NULL,
  PRIMARY KEY (user_id),
  UNIQUE KEY username (username) -- logging in; a lookup index where users are sharded
) ENGINE = InnoDB;

-- What a client's own key of a request that makes something led to. Written once, before the thing
-- is made, so a repeat after a crash makes the same thing. Shard key: user_id.
CREATE TABLE client_key (
  user_id    BIGINT         NOT NULL,
  kind       VARCHAR(16)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- GROUP
  client_key VARBINARY(256) NOT NULL, -- bytes, so that no collation finds two keys equal
  digest     BIGINT         NOT NULL, -- of the request's content: another content is a conflict
  result_id  BIGINT         NOT NULL, -- the id that the thing has or will have
  created_at BIGINT         NOT NULL,
  PRIMARY KEY (user_id, kind, client_key)
) ENGINE = InnoDB;

-- One row a group: its settings and the head of its log. The lane locks this row for every change.
-- Shard key: group_id.
CREATE TABLE chat_group (
  group_id         BIGINT        NOT NULL,
  name             VARCHAR(64)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  announcement     VARCHAR(2000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  owner_id         BIGINT        NOT NULL,
  member_count     INT           NOT NULL,
  max_members      INT           NOT NULL,
  join_policy      VARCHAR(16)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  invite_policy    VARCHAR(16)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  post_policy      VARCHAR(16)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  history_policy   VARCHAR(16)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version          BIGINT        NOT NULL, -- moves with every change: a cached state with another is stale
  last_seq         BIGINT        NOT NULL, -- the log's last entry
  counted          BIGINT        NOT NULL, -- how many entries up to last_seq count as unread
  last_counted_seq BIGINT        NOT NULL, -- the last of those, 0 where there is none
  last_message_seq BIGINT        NOT NULL, -- the same, or the recall of it: what conversations show
  last_activity_at BIGINT        NOT NULL, -- when the last entry was made: orders conversations
  created_at       BIGINT        NOT NULL,
  dissolved_at     BIGINT        NULL,
  PRIMARY KEY (group_id),
  KEY activity (last_activity_at) -- the groups to announce when a service starts
) ENGINE = InnoDB;

-- Who is in a group. Written by the group's lane. Shard key: group_id.
CREATE TABLE group_member (
  group_id    BIGINT      NOT NULL,
  user_id     BIGINT      NOT NULL,
  role        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Role
  join_seq    BIGINT      NOT NULL, -- the entry by which the membership began
  joined_at   BIGINT      NOT NULL,
  muted_until BIGINT      NOT NULL, -- 0 not muted
  nickname    VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  PRIMARY KEY (group_id, user_id),
  KEY user_groups (user_id) -- a user's conversations
) ENGINE = InnoDB;

-- Who was in a group once and left or was removed: leaving twice answers as the first time. Written
-- by the group's lane, never deleted; says nothing about who is in now. Shard key: group_id.
CREATE TABLE former_member (
  group_id BIGINT NOT NULL,
  user_id  BIGINT NOT NULL,
  left_seq BIGINT NOT NULL, -- the entry by which the last membership ended
  PRIMARY KEY (group_id, user_id)
) ENGINE = InnoDB;

-- Codes that let who holds them join. Shard key: group_id.
CREATE TABLE invite_code (
  code       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  group_id   BIGINT      NOT NULL,
  creator_id BIGINT      NOT NULL,
  created_at BIGINT      NOT NULL,
  expires_at BIGINT      NOT NULL,
  revoked_at BIGINT      NULL,
  PRIMARY KEY (code),
  KEY group_codes (group_id, expires_at) -- the code that is valid now
) ENGINE = InnoDB;

-- The log: one row an entry, history is one range read. Written by the group's lane, changed only by
-- a recall. Shard key: group_id.
CREATE TABLE message (
  group_id          BIGINT         NOT NULL,
  seq               BIGINT         NOT NULL,
  message_id        BIGINT         NOT NULL,
  sender_id         BIGINT         NOT NULL, -- who wrote it or, of a system entry, acted
  type              VARCHAR(16)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- EntryType
  countable         TINYINT        NOT NULL, -- 1 where the type counts as unread
  counted           BIGINT         NOT NULL, -- countable entries up to this one, itself included
  content           MEDIUMTEXT     CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, -- JSON as sent out
  mentions          TEXT           CHARACTER SET ascii COLLATE ascii_bin NULL, -- JSON as sent out
  reply_to_seq      BIGINT         NULL,
  client_message_id VARBINARY(256) NULL,
  client_digest     BIGINT         NULL, -- of the request's content: another content is a conflict
  sent_at           BIGINT         NOT NULL,
  recalled_at       BIGINT         NULL,
  PRIMARY KEY (group_id, seq),
  UNIQUE KEY client_message (group_id, sender_id, client_message_id), -- a repeat is the same entry
  -- One's own last counting entry. MySQL takes it from the index's end only where `seq` is named.
  KEY own (group_id, sender_id, countable, seq)
) ENGINE = InnoDB;

-- Which counting entries were taken back: unread leaves them out. Shard key: group_id.
CREATE TABLE recalled (
  group_id   BIGINT NOT NULL,
  seq        BIGINT NOT NULL, -- the entry taken back
  recall_seq BIGINT NOT NULL, -- the entry that took it back
  PRIMARY KEY (group_id, seq)
) ENGINE = InnoDB;

-- Who is mentioned where. Shard key: group_id.
CREATE TABLE mention (
  group_id BIGINT NOT NULL,
  user_id  BIGINT NOT NULL, -- 0 is everybody
  seq      BIGINT NOT NULL,
  PRIMARY KEY (group_id, user_id, seq)
) ENGINE = InnoDB;

-- What a user has made of a group. Written by the read marks and conversation.update; outlives the
-- membership. Shard key: group_id.
CREATE TABLE message_state (
  group_id       BIGINT  NOT NULL,
  user_id        BIGINT  NOT NULL,
  read_seq       BIGINT  NOT NULL DEFAULT 0,
  pinned         TINYINT NOT NULL DEFAULT 0,
  do_not_disturb TINYINT NOT NULL DEFAULT 0,
  PRIMARY KEY (group_id, user_id),
  KEY user_states (user_id)
) ENGINE = InnoDB;
