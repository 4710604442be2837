-- The tables of the media storage. Times are epoch milliseconds (UTC), ids Snowflake ids. The bytes
-- are in the S3 store: uploads/<media_id> as a client sends them, media/<media_id> once checked.
-- Only SQL that MySQL 8 and MariaDB 11.4 both speak.

-- One row a medium, from the announcement of its upload on. Written by uploads and their sweep.
-- Shard key: user_id, with a lookup by media_id.
CREATE TABLE media (
  media_id      BIGINT       NOT NULL,
  user_id       BIGINT       NOT NULL, -- the uploader
  kind          VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- MediaLibrary.Kind
  content_key   BINARY(32)   NULL,     -- of what was announced; NULL for thumbnails
  content_type  VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bytes         BIGINT       NOT NULL, -- announced; once complete, as stored
  charged_bytes BIGINT       NOT NULL, -- what it takes of its uploader's quota
  sha256        BINARY(32)   NULL,     -- announced; NULL for thumbnails
  keep_location TINYINT      NOT NULL,
  name          VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  upload_id     VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL, -- the store's, of an upload in parts
  created_at    BIGINT       NOT NULL,
  sweep_at      BIGINT       NULL,     -- when what is left of the upload is swept; NULL once it was
  completed_at  BIGINT       NULL,
  width         INT          NULL,
  height        INT          NULL,
  duration_ms   BIGINT       NULL,
  thumbnail_id  BIGINT       NULL,     -- the medium that is a small picture of this one
  original_id   BIGINT       NULL,     -- of a thumbnail: what it is a picture of
  PRIMARY KEY (media_id),
  UNIQUE KEY content (user_id, content_key), -- the same content of the same user is stored once
  KEY sweep (sweep_at)
) ENGINE = InnoDB;

-- What a user's media take. Written with each announcement and by the sweep. Shard key: user_id.
CREATE TABLE media_usage (
  user_id BIGINT NOT NULL,
  bytes   BIGINT NOT NULL,
  PRIMARY KEY (user_id)
) ENGINE = InnoDB;
