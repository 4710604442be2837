package io.hongbao.media.upload;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// Media and what they take of their uploaders' quotas.
interface MediaMapper {

  String COLUMNS =
      """
      SELECT media_id, user_id, kind, content_type, bytes, charged_bytes,
        LOWER(HEX(sha256)) AS sha256, keep_location, name, upload_id, sweep_at, completed_at, width,
        height, duration_ms, thumbnail_id, original_id
      FROM media
      """;

  @Select(COLUMNS + "WHERE media_id = #{mediaId}")
  @Nullable MediumRow medium(@Param("mediaId") long mediaId);

  @Select(COLUMNS + "WHERE user_id = #{userId} AND content_key = UNHEX(#{contentKey})")
  @Nullable MediumRow byContent(
      @Param("userId") long userId, @Param("contentKey") String contentKey);

  @Insert(
      """
      INSERT INTO media (media_id, user_id, kind, content_key, content_type, bytes, charged_bytes,
        sha256, keep_location, name, created_at, sweep_at, completed_at, width, height, original_id)
      VALUES (#{row.mediaId}, #{row.userId}, #{row.kind}, UNHEX(#{contentKey}),
        #{row.contentType}, #{row.bytes}, #{row.chargedBytes}, UNHEX(#{row.sha256}),
        #{row.keepLocation}, #{row.name}, #{createdAt}, #{row.sweepAt}, #{row.completedAt},
        #{row.width}, #{row.height}, #{row.originalId})
      """)
  void insert(
      @Param("row") MediumRow row,
      @Param("contentKey") @Nullable String contentKey,
      @Param("createdAt") long createdAt);

  /// Keeps the sweep away from who is at work.
  @Update(
      """
      UPDATE media SET sweep_at = #{sweepAt}
      WHERE media_id = #{mediaId} AND completed_at IS NULL AND sweep_at < #{sweepAt}
      """)
  int putOffSweep(@Param("mediaId") long mediaId, @Param("sweepAt") long sweepAt);

  /// Notes the store's id of an upload in parts; 0 where somebody else has noted another.
  @Update(
      """
      UPDATE media SET upload_id = #{uploadId}
      WHERE media_id = #{mediaId} AND completed_at IS NULL AND upload_id <=> #{before}
      """)
  int beginParts(
      @Param("mediaId") long mediaId,
      @Param("before") @Nullable String before,
      @Param("uploadId") @Nullable String uploadId);

  /// 0 where somebody else has completed it.
  @Update(
      """
      UPDATE media
      SET completed_at = #{row.completedAt}, bytes = #{row.bytes}, width = #{row.width},
        height = #{row.height}, duration_ms = #{row.durationMs}, thumbnail_id = #{thumbnailId}
      WHERE media_id = #{row.mediaId} AND completed_at IS NULL
      """)
  int complete(@Param("row") MediumRow row, @Param("thumbnailId") @Nullable Long thumbnailId);

  @Select(COLUMNS + "WHERE sweep_at < #{now} ORDER BY sweep_at LIMIT #{limit}")
  List<MediumRow> toSweep(@Param("now") long now, @Param("limit") int limit);

  /// Forgets an upload that was never completed; 0 where somebody is at work on it.
  @Delete(
      """
      DELETE FROM media
      WHERE media_id = #{mediaId} AND completed_at IS NULL AND sweep_at < #{now}
      """)
  int forget(@Param("mediaId") long mediaId, @Param("now") long now);

  @Update("UPDATE media SET sweep_at = NULL WHERE media_id = #{mediaId}")
  void swept(@Param("mediaId") long mediaId);

  /// Locks the row as [#charge] will: with a weaker lock two who come at once would wait for each
  /// other.
  @Insert(
      """
      INSERT INTO media_usage (user_id, bytes) VALUES (#{userId}, 0)
      ON DUPLICATE KEY UPDATE bytes = bytes
      """)
  void openUsage(@Param("userId") long userId);

  /// 0 where the user would have more than that.
  @Update(
      """
      UPDATE media_usage SET bytes = bytes + #{bytes}
      WHERE user_id = #{userId} AND bytes + #{bytes} <= #{quotaBytes}
      """)
  int charge(
      @Param("userId") long userId,
      @Param("bytes") long bytes,
      @Param("quotaBytes") long quotaBytes);

  @Update("UPDATE media_usage SET bytes = bytes - #{bytes} WHERE user_id = #{userId}")
  void release(@Param("userId") long userId, @Param("bytes") long bytes);
}
