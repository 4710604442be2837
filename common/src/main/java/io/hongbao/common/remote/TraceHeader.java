package io.hongbao.common.remote;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.hongbao.common.contract.TraceId;

/// The request that a single question is asked for, in the head of the call. What streams carry is
/// of many requests, and has their traces itself.
final class TraceHeader {

  private static final Metadata.Key<TraceId> KEY =
      Metadata.Key.of(
          "hongbao-trace",
          new Metadata.AsciiMarshaller<>() {
            @Override
            public String toAsciiString(TraceId trace) {
              return trace.toString();
            }

            @Override
            public TraceId parseAsciiString(String text) {
              return TraceId.parse(text);
            }
          });

  private TraceHeader() {}

  /// Sends along what the asking thread works for.
  static ClientInterceptor sending() {
    return new ClientInterceptor() {
      @Override
      public <Q, A> ClientCall<Q, A> interceptCall(
          MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        TraceId trace = TraceId.current();
        ClientCall<Q, A> call = next.newCall(method, options);
        if (trace.isNone() || method.getType() != MethodType.UNARY) {
          return call;
        }
        return new SimpleForwardingClientCall<>(call) {
          @Override
          public void start(Listener<A> listener, Metadata headers) {
            headers.put(KEY, trace);
            super.start(listener, headers);
          }
        };
      }
    };
  }

  /// Asks the contract with the caller's trace.
  static ServerInterceptor taking() {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        TraceId trace = headers.get(KEY);
        ServerCall.Listener<Q> listener = next.startCall(call, headers);
        if (trace == null) {
          return listener;
        }
        return new SimpleForwardingServerCallListener<>(listener) {
          @Override
          public void onHalfClose() { // where gRPC's stubs hand a single question over
            trace.with(
                () -> {
                  super.onHalfClose();
                  return trace;
                });
          }
        };
      }
    };
  }
}
