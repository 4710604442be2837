-- What owner and admins do in a group, and what members do to entries that are there.
-- Only SQL that MySQL 8 and MariaDB 11.4 both speak.

ALTER TABLE chat_group
  ADD COLUMN slow_mode_ms      INT          NOT NULL DEFAULT 0,  -- time between two messages of a member, 0 none
  ADD COLUMN join_question     VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
  ADD COLUMN previous_owner_id BIGINT       NOT NULL DEFAULT 0,  -- who made owner_id the owner: a transfer's repeat
  ADD COLUMN waiting           INT          NOT NULL DEFAULT 0,  -- undecided rows of group_request: bounds them
  ADD COLUMN pins              INT          NOT NULL DEFAULT 0;  -- rows of pin: bounds them

-- A mute outlasts leaving and coming back; who removed somebody is answered so again.
ALTER TABLE former_member
  ADD COLUMN removed_by  BIGINT NOT NULL DEFAULT 0, -- 0 where the member left
  ADD COLUMN muted_until BIGINT NOT NULL DEFAULT 0; -- as it was when the membership ended

ALTER TABLE message
  ADD COLUMN edited_at BIGINT NULL; -- when its text was last replaced

-- Who asks to be let in, or was proposed by a member. Written by the group's lane; decided ones are
-- kept, so that deciding twice answers as the first time. Shard key: group_id.
CREATE TABLE group_request (
  request_id      BIGINT       NOT NULL,
  group_id        BIGINT       NOT NULL,
  user_id         BIGINT       NOT NULL,
  inviter_id      BIGINT       NULL, -- the member who proposed, where one did
  message         VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  created_at      BIGINT       NOT NULL,
  waiting_user_id BIGINT       NULL, -- user_id until decided: a user waits once in a group
  accepted        TINYINT      NULL, -- null until decided
  decided_by      BIGINT       NULL,
  PRIMARY KEY (request_id), -- a decision names the request alone
  UNIQUE KEY waiting (group_id, waiting_user_id),
  KEY undecided (group_id, accepted, request_id) -- the list, oldest first
) ENGINE = InnoDB;

-- Who is kept out of a group. Written by the group's lane. Shard key: group_id.
CREATE TABLE group_ban (
  group_id BIGINT NOT NULL,
  user_id  BIGINT NOT NULL,
  PRIMARY KEY (group_id, user_id)
) ENGINE = InnoDB;

-- Mutes whose end nobody has been told yet. Written by the group's lane; a row goes when it is
-- announced, or found to hold no more. group_member.muted_until decides, not this. Shard key:
-- group_id; each shard is swept by itself.
CREATE TABLE mute_expiry (
  group_id BIGINT NOT NULL,
  user_id  BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  PRIMARY KEY (group_id, user_id),
  KEY until_at (until_at) -- those that have run out
) ENGINE = InnoDB;

-- Who did what to whom. Written by the group's lane in the transaction of the act, never changed.
-- Shard key: group_id.
CREATE TABLE group_audit (
  group_id   BIGINT      NOT NULL,
  audit_id   BIGINT      NOT NULL,
  actor_id   BIGINT      NOT NULL,
  action     VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- AuditAction
  target_id  BIGINT      NOT NULL, -- where it is one user, else 0
  target_ids TEXT        CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- JSON as sent out
  before_act MEDIUMTEXT  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, -- JSON as sent out
  after_act  MEDIUMTEXT  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, -- JSON as sent out
  at         BIGINT      NOT NULL,
  PRIMARY KEY (group_id, audit_id), -- the list, newest first
  KEY last_act (group_id, target_id, action, audit_id) -- who made somebody what they are: repeats
) ENGINE = InnoDB;

-- Entries that owner and admins hold up. Written by the group's lane. Shard key: group_id.
CREATE TABLE pin (
  group_id  BIGINT NOT NULL,
  seq       BIGINT NOT NULL,
  pin_seq   BIGINT NOT NULL, -- the entry that pinned it: orders the list
  pinned_by BIGINT NOT NULL,
  pinned_at BIGINT NOT NULL,
  PRIMARY KEY (group_id, seq),
  KEY pins (group_id, pin_seq)
) ENGINE = InnoDB;

-- Which entries replaced an entry's text. Written by the group's lane. Shard key: group_id.
CREATE TABLE edited (
  group_id BIGINT NOT NULL,
  seq      BIGINT NOT NULL, -- the entry whose text was replaced
  edit_seq BIGINT NOT NULL, -- the entry that replaced it
  PRIMARY KEY (group_id, seq, edit_seq)
) ENGINE = InnoDB;

-- Who put which emoji on what. Written by the group's lane. Shard key: group_id.
CREATE TABLE reaction (
  group_id BIGINT      NOT NULL,
  user_id  BIGINT      NOT NULL,
  seq      BIGINT      NOT NULL,
  emoji    VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (group_id, user_id, seq, emoji) -- one's own of a page of history
) ENGINE = InnoDB;

-- How many put an emoji on an entry: what history shows. Written by the group's lane; no row stands
-- for 0, and none for a recalled entry. Shard key: group_id.
CREATE TABLE reaction_count (
  group_id  BIGINT      NOT NULL,
  seq       BIGINT      NOT NULL,
  emoji     VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  first_seq BIGINT      NOT NULL, -- the entry by which it first came: the order shown
  users     INT         NOT NULL,
  PRIMARY KEY (group_id, seq, emoji)
) ENGINE = InnoDB;
