package io.hongbao.media.check;

/// A small picture, encoded.
public record Thumbnail(String contentType, int width, int height, byte[] content) {}
