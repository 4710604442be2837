package io.hongbao.media.store;

import java.util.Map;

/// A request that a client may send to the store as it stands.
///
/// @param headers that it must have; its `Content-Length`, which is signed too, every HTTP client
///   sets itself
/// @param expiresAt epoch milliseconds
public record SignedRequest(String url, Map<String, String> headers, long expiresAt) {}
