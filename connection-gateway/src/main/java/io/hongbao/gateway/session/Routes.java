package io.hongbao.gateway.session;

import io.hongbao.common.contract.Exchange;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Which service answers an operation: by the prefix of its name, else the default.
public final class Routes {

  private final Map<String, Exchange> byPrefix;
  private final Exchange otherwise;

  /// @param routes by prefix with its dot (`redpacket.`); the empty prefix is the default
  public Routes(Map<String, Exchange> routes) {
    Exchange fallback = routes.get("");
    if (fallback == null) {
      throw new IllegalArgumentException("no default route");
    }
    this.otherwise = fallback;
    this.byPrefix = Map.copyOf(routes);
  }

  public Exchange of(String op) {
    int dot = op.indexOf('.');
    return dot < 0 || byPrefix.size() == 1
        ? otherwise
        : byPrefix.getOrDefault(op.substring(0, dot + 1), otherwise);
  }

  /// The services beside the default one, and what each has beyond its operations, for clients:
  /// `["face", "redpacket", "roles"]`.
  public List<String> features() {
    Stream<String> services =
        byPrefix.keySet().stream()
            .filter(prefix -> !prefix.isEmpty())
            .map(prefix -> prefix.substring(0, prefix.length() - 1));
    Stream<String> words = byPrefix.values().stream().flatMap(of -> of.features().stream());
    return Stream.concat(services, words).distinct().sorted().toList();
  }
}
