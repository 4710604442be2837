package io.hongbao.common.remote;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all nodes know, in the head of every call.
final class SharedSecret {

  private static final Logger LOG = LoggerFactory.getLogger(SharedSecret.class);

  private static final Metadata.Key<String> KEY =
      Metadata.Key.of("hongbao-secret", Metadata.ASCII_STRING_MARSHALLER);

  private SharedSecret() {}

  /// Any characters become such as a head may hold.
  private static String encoded(String secret) {
    return HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
  }

  static ClientInterceptor showing(String secret) {
    String shown = encoded(secret);
    return new ClientInterceptor() {
      @Override
      public <Q, A> ClientCall<Q, A> interceptCall(
          MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
          @Override
          public void start(Listener<A> listener, Metadata headers) {
            headers.put(KEY, shown);
            super.start(listener, headers);
          }
        };
      }
    };
  }

  /// Refuses calls without the secret, in a time that tells nothing of it; the first is logged.
  static ServerInterceptor asking(String secret) {
    byte[] wanted = encoded(secret).getBytes(StandardCharsets.US_ASCII);
    var told = new AtomicBoolean();
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String shown = headers.get(KEY);
        if (shown != null
            && MessageDigest.isEqual(wanted, shown.getBytes(StandardCharsets.US_ASCII))) {
          return next.startCall(call, headers);
        }
        if (told.compareAndSet(false, true)) {
          LOG.warn(
              "a call without the right cluster.secret is refused, as all like it will be, from={}",
              call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        }
        call.close(
            Status.UNAUTHENTICATED.withDescription("not the right cluster.secret"), new Metadata());
        return new ServerCall.Listener<>() {};
      }
    };
  }
}
