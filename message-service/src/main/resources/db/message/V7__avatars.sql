-- The pictures of people and groups: ids of media, which the media storage keeps.
-- Only SQL that MySQL 8 and MariaDB 11.4 both speak.

-- Written by the user's own requests.
ALTER TABLE user
  ADD COLUMN avatar_media_id BIGINT NULL;

-- Written by the group's lane.
ALTER TABLE chat_group
  ADD COLUMN avatar_media_id BIGINT NULL;
