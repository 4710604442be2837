-- Where media were sent: who may fetch one is asked by its id.
-- Only SQL that MySQL 8 and MariaDB 11.4 both speak.

-- One row an entry and medium. Written by the group's lane. Shard key: group_id, with a lookup by
-- media_id.
CREATE TABLE message_media (
  media_id BIGINT NOT NULL,
  group_id BIGINT NOT NULL,
  seq      BIGINT NOT NULL,
  PRIMARY KEY (media_id, group_id, seq)
) ENGINE = InnoDB;
