-- Which groups people have made face to face, and by which code. Written once, by the group's lane
-- in the transaction that makes the group: whoever finds this row finds the group, and the one the
-- other. Codes come again and again, so a code is no key. Shard key: group_id.
CREATE TABLE random_code (
  group_id   BIGINT     NOT NULL,
  code       CHAR(4)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  place      VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NULL, -- geohash of about a kilometre
  created_by BIGINT     NOT NULL, -- the first who confirmed, and the group's first owner
  created_at BIGINT     NOT NULL,
  PRIMARY KEY (group_id)
) ENGINE = InnoDB;
