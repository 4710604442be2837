package io.hongbao.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hongbao.common.config.InvalidSettingException;
import io.hongbao.common.config.Settings;
import io.hongbao.gateway.kit.FakePush;
import io.hongbao.gateway.kit.RawClient;
import io.hongbao.gateway.kit.TestGateway;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/// TLS with a certificate of the tests' own.
class TlsTest {

  @Test
  void servesTheClientPort() throws Exception {
    try (TestGateway server =
            TestGateway.start("tls.certificate", pem("certificate"), "tls.key", pem("key"));
        Socket socket = trusting().getSocketFactory().createSocket("localhost", port(server));
        RawClient client = RawClient.connect(socket, server.uri())) {
      assertThat(((SSLSocket) socket).getSession().getProtocol()).isEqualTo("TLSv1.3");
      server.memberships.put(7, 10, 0);
      client.open("user-7", "d");
      client.sendText("{\"id\":2,\"op\":\"test.large\"}");
      assertThat(client.readText()).hasSizeGreaterThan(100_000);

      for (int seq = 1; seq <= 50; seq++) {
        server.push.publish(FakePush.runOf(10, seq, seq, "x".repeat(20_000)));
      }
      for (int seq = 1; seq <= 50; seq++) {
        assertThat(client.readText()).contains("\"seq\":" + seq + ",");
      }
    }
  }

  @Test
  void endsAConnectionThatSpeaksNoTls() throws Exception {
    try (TestGateway server =
            TestGateway.start("tls.certificate", pem("certificate"), "tls.key", pem("key"));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(server))) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(new String(answer, StandardCharsets.US_ASCII)).doesNotContain("HTTP/1.1");
    }
  }

  @Test
  void namesTheSettingThatIsWrong() throws Exception {
    assertThatThrownBy(
            () -> GatewayConfig.of(Settings.of(Map.of("tls.certificate", pem("certificate")))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("tls.key must be set");
    assertThatThrownBy(
            () ->
                GatewayConfig.of(
                    Settings.of(Map.of("tls.certificate", "/nowhere", "tls.key", pem("key")))))
        .hasMessageStartingWith("tls.certificate is no file");
    assertThatThrownBy(
            () -> TestGateway.start("tls.certificate", pem("key"), "tls.key", pem("key")))
        .isInstanceOf(GatewayStartException.class)
        .hasMessageStartingWith("tls.certificate and tls.key must be");
  }

  private static int port(TestGateway server) {
    return server.gateway.port();
  }

  private static String pem(String name) throws URISyntaxException {
    return Path.of(resource(name).toURI()).toString();
  }

  private static URL resource(String name) {
    URL resource = TlsTest.class.getResource("/tls/" + name + ".pem");
    if (resource == null) {
      throw new IllegalStateException(name);
    }
    return resource;
  }

  private static SSLContext trusting() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null);
    try (InputStream in = resource("certificate").openStream()) {
      store.setCertificateEntry(
          "test", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
