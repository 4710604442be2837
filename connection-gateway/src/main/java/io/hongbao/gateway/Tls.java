package io.hongbao.gateway;

import io.hongbao.gateway.GatewayConfig.TlsFiles;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// TLS from PEM files, with BoringSSL where its library loads, else with the JDK's own.
final class Tls {

  private Tls() {}

  static @Nullable SslContext of(@Nullable TlsFiles files) {
    if (files == null) {
      return null;
    }
    try {
      return SslContextBuilder.forServer(files.certificate().toFile(), files.key().toFile())
          .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new GatewayStartException(
          "tls.certificate and tls.key must be a PEM certificate chain and its PKCS #8 key: "
              + e.getMessage(),
          e);
    }
  }
}
