package io.hongbao.standalone.doctor;

import io.hongbao.common.config.InvalidSettingException;
import io.hongbao.common.config.Settings;
import io.hongbao.common.remote.ClusterConfig;
import io.hongbao.common.remote.ClusterConfig.Address;
import io.hongbao.common.remote.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The processes: every address of a role takes connections, and every gateway says it is ready.
final class RolesCheck {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int SHOWN_MAX = 200;

  private RolesCheck() {}

  static List<Finding> of(Settings settings) {
    var found = new ArrayList<Finding>();
    for (Role role : Role.values()) {
      found.addAll(instances(role, settings));
    }
    List<String> gateways = words(settings.get(Settings.DOCTOR_GATEWAYS));
    if (gateways.isEmpty()) {
      found.add(Finding.warning("gateway", "is not looked at: doctor.gateways is not given"));
    }
    try (var http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      for (String url : gateways) {
        for (String instance : everyInstance(url)) {
          found.add(gateway(instance, http));
        }
      }
    }
    return found;
  }

  private static List<Finding> instances(Role role, Settings settings) {
    var found = new ArrayList<Finding>();
    try {
      for (Address address : ClusterConfig.addressesOf(role, settings)) {
        found.addAll(instances(role, address));
      }
    } catch (InvalidSettingException e) {
      found.add(Finding.failure(role.wireName(), String.valueOf(e.getMessage())));
    }
    return found;
  }

  private static List<Finding> instances(Role role, Address address) {
    try {
      return Stream.of(InetAddress.getAllByName(address.host()))
          .map(instance -> instance(role, new InetSocketAddress(instance, address.port())))
          .toList();
    } catch (UnknownHostException _) {
      return List.of(
          Finding.failure(
              role.wireName(),
              "%s stands for no address: check %s, and that an instance runs"
                  .formatted(address.host(), role.addresses().name())));
    }
  }

  private static Finding instance(Role role, InetSocketAddress address) {
    String shown = address.getAddress().getHostAddress() + ":" + address.getPort();
    try (var socket = new Socket()) {
      socket.connect(address, (int) TIMEOUT.toMillis());
      return Finding.ok(role.wireName(), shown + " takes connections");
    } catch (IOException e) {
      return Finding.failure(
          role.wireName(),
          "%s takes no connections (%s): see whether it runs, its log, and cluster.bind"
              .formatted(shown, e.getMessage()));
    }
  }

  /// The URL for every address that its name stands for; with TLS the name alone, as it is what the
  /// certificate is for.
  private static List<String> everyInstance(String url) {
    try {
      URI uri = URI.create(url);
      if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
        return List.of(url);
      }
      return Stream.of(InetAddress.getAllByName(uri.getHost()))
          .map(address -> url.replace(uri.getAuthority(), authority(address, uri.getPort())))
          .toList();
    } catch (UnknownHostException | IllegalArgumentException _) {
      return List.of(url); // asking it says what is wrong
    }
  }

  private static String authority(InetAddress address, int port) {
    String host = address.getHostAddress();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return port < 0 ? shown : shown + ":" + port;
  }

  private static Finding gateway(String url, HttpClient http) {
    try {
      HttpRequest asked =
          HttpRequest.newBuilder(URI.create(url.replaceFirst("/$", "") + "/health/ready"))
              .timeout(TIMEOUT)
              .build();
      HttpResponse<String> answer = http.send(asked, BodyHandlers.ofString());
      String body = answer.body();
      return Finding.require(
          answer.statusCode() == 200,
          "gateway",
          url + " is ready",
          "%s is not ready (status %d): %s"
              .formatted(
                  url, answer.statusCode(), body.substring(0, Math.min(SHOWN_MAX, body.length()))));
    } catch (IOException | IllegalArgumentException e) {
      return Finding.failure(
          "gateway", "%s does not answer (%s): see whether it runs, and its log".formatted(url, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s*,\\s*"));
  }
}
