package io.hongbao.gateway.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// From which web pages a browser may use this server.
///
/// @param allowed in lower case; empty allows any
public record Origins(Set<String> allowed) {

  /// @param setting origins (`https://chat.example.com`) by comma
  public static Origins of(String setting) {
    return new Origins(
        Arrays.stream(setting.split(","))
            .map(origin -> origin.strip().toLowerCase(Locale.ROOT))
            .filter(origin -> !origin.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /// @param origin the request's header; what is no browser sends none
  boolean allow(@Nullable String origin) {
    return origin == null || allowed.isEmpty() || allowed.contains(origin.toLowerCase(Locale.ROOT));
  }
}
