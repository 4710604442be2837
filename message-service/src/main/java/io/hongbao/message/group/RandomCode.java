package io.hongbao.message.group;

import org.jspecify.annotations.Nullable;

/// The code by which people made a group face to face: a row of `random_code`.
///
/// @param code four digits
/// @param place geohash of about a kilometre, null where the room had no place
/// @param createdBy who confirmed first
/// @param createdAt epoch milliseconds
public record RandomCode(
    long groupId, String code, @Nullable String place, long createdBy, long createdAt) {}
