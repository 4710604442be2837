package io.hongbao.gateway.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;

/// A whole HTTP request.
///
/// @param path decoded, without the query
/// @param address the client's network address
public record HttpCall(
    HttpMethod method, String path, HttpHeaders headers, byte[] body, String address) {

  boolean isRead() {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }
}
