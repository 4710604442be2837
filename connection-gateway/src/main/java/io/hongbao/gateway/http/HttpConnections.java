package io.hongbao.gateway.http;

import java.util.ArrayList;

/// The HTTP connections of one event loop, so that none stays longer than it may.
public final class HttpConnections {

  private final ArrayList<HttpConnection> all = new ArrayList<>();
  private final long requestTimeoutNanos;
  private boolean leaving;

  /// @param requestTimeoutNanos how long a new connection has to complete a request
  public HttpConnections(long requestTimeoutNanos) {
    this.requestTimeoutNanos = requestTimeoutNanos;
  }

  /// Closes who is overdue.
  public void tick() {
    long now = System.nanoTime();
    for (int i = all.size() - 1; i >= 0; i--) {
      all.get(i).tick(now);
    }
  }

  /// From now on a connection ends with the answer that it waits for.
  public void leave() {
    leaving = true;
    for (HttpConnection connection : new ArrayList<>(all)) {
      connection.closeIfIdle();
    }
  }

  boolean isLeaving() {
    return leaving;
  }

  long requestTimeoutNanos() {
    return requestTimeoutNanos;
  }

  void add(HttpConnection connection) {
    connection.listIndex(all.size());
    all.add(connection);
  }

  /// The last connection takes the place of the one that is gone.
  void remove(HttpConnection connection) {
    HttpConnection last = all.removeLast();
    if (last != connection) {
      all.set(connection.listIndex(), last);
      last.listIndex(connection.listIndex());
    }
  }
}
