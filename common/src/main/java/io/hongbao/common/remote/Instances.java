package io.hongbao.common.remote;

import io.grpc.ManagedChannel;
import io.hongbao.common.remote.ClusterConfig.Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The instances of one role: finds them, stays connected to each, and says who is to be asked.
///
/// Names are looked up every [#LOOK_UP_SECONDS] and at each failure, and each address found gets a
/// connection. One that is lost is tried again at once, then after growing times up to
/// [#BACKOFF_MS_MAX]. An address that its name does not stand for any more is used as long as its
/// connection lives. Where two addresses lead to the same instance, one connection serves and the
/// other waits.
///
/// Runs on one thread, the timer's; names are looked up on others. `connected` and `pick` may be
/// called on any.
final class Instances implements Connection.Fate, AutoCloseable {

  static final long LOOK_UP_SECONDS = 3;
  static final long BACKOFF_MS_MAX = 1_000;

  private static final long BACKOFF_MS_MIN = 50;
  private static final long CHECK_MS = 500;
  private static final long CLOSE_SECONDS_MAX = 2;
  private static final Logger LOG = LoggerFactory.getLogger(Instances.class);

  /// Is told, on the timer's thread, which instances there are; of each it hears `connected`, maybe
  /// `leaving`, `lost`.
  interface Watcher {
    void connected(Connection connection);

    /// It is not to be asked anything new.
    default void leaving(Connection connection) {}

    void lost(Connection connection);
  }

  /// Turns a name into its addresses.
  @FunctionalInterface
  interface Names {
    InetAddress[] addressesOf(String host) throws UnknownHostException;
  }

  private final Role role;
  private final List<Address> addresses;
  private final Names names;
  private final ScheduledExecutorService timer;
  private final Function<Place, ManagedChannel> channels;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

  /// Those that serve; what of them may be asked is `askable`.
  private final List<Connection> connected = new CopyOnWriteArrayList<>();

  private volatile List<Connection> askable = List.of();

  // Below, all belongs to the timer's thread.
  private final Map<Place, Attempts> attempts = new HashMap<>();
  private volatile Set<Place> wanted = Set.of();
  private boolean closed;

  /// One place's connection, or the time until the next one.
  private static final class Attempts {
    private @Nullable Connection connection;
    private int failures;
  }

  Instances(
      Role role,
      List<Address> addresses,
      Names names,
      ScheduledExecutorService timer,
      Function<Place, ManagedChannel> channels) {
    this.role = role;
    this.addresses = addresses;
    this.names = names;
    this.timer = timer;
    this.channels = channels;
  }

  void start() {
    timer.scheduleWithFixedDelay(this::lookUp, 0, LOOK_UP_SECONDS, TimeUnit.SECONDS);
    timer.scheduleWithFixedDelay(this::checkAlive, CHECK_MS, CHECK_MS, TimeUnit.MILLISECONDS);
  }

  /// From now on the watcher hears of all connections, of those that there are at once.
  void watch(Watcher watcher) {
    timer.execute(
        () -> {
          watchers.add(watcher);
          connected.forEach(watcher::connected);
        });
  }

  /// Those that may be asked something new.
  List<Connection> askable() {
    return askable;
  }

  /// The instance for a key: the same for all who see the same instances.
  ///
  /// @param except one that is not wanted again
  @Nullable Connection pick(long key, @Nullable Connection except) {
    Connection best = null;
    long bestScore = 0;
    for (Connection connection : askable) {
      long score = score(key, connection.instance());
      if (connection != except && (best == null || Long.compareUnsigned(score, bestScore) > 0)) {
        best = connection;
        bestScore = score;
      }
    }
    return best;
  }

  /// Rendezvous hashing: an instance that comes or goes moves only its own share of the keys.
  private static long score(long key, long instance) {
    long mixed = (key ^ instance) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return mixed ^ (mixed >>> 32);
  }

  @Override
  public void connected(Connection connection) {
    if (closed) {
      return;
    }
    if (connected.stream().anyMatch(other -> other.instance() == connection.instance())) {
      connection.lose("it is connected by another address");
      return;
    }
    attempts.computeIfAbsent(connection.place(), _ -> new Attempts()).failures = 0;
    LOG.info("connected role={} address={}", role, connection.place());
    connected.add(connection);
    watchers.forEach(watcher -> watcher.connected(connection));
    refresh();
  }

  @Override
  public void leaving(Connection connection) {
    LOG.info("an instance leaves, role={} address={}", role, connection.place());
    refresh();
    watchers.forEach(watcher -> watcher.leaving(connection));
  }

  @Override
  public void lost(Connection connection, String reason) {
    Place place = connection.place();
    Attempts of = attempts.get(place);
    if (of != null && of.connection == connection) {
      of.connection = null;
    }
    if (connected.remove(connection)) {
      if (!closed) {
        LOG.warn("lost role={} address={} reason={}", role, place, reason);
      }
      refresh();
      watchers.forEach(watcher -> watcher.lost(connection));
    } else if (of != null && of.failures == 1 && !closed) {
      LOG.warn("cannot connect, role={} address={} reason={}", role, place, reason);
    }
    if (of != null && !closed) {
      again(place, of);
      lookUp();
    }
  }

  /// Returns when all connections are gone and whoever waits on them has been told, after
  /// [#CLOSE_SECONDS_MAX] at most.
  @Override
  public void close() {
    try {
      List<Connection> last = timer.submit(this::loseAll).get(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
      for (Connection connection : last) {
        connection.channel().awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("connections did not close, role={}", role, e);
    }
  }

  private List<Connection> loseAll() {
    closed = true;
    var last = new ArrayList<Connection>();
    for (Attempts of : attempts.values()) {
      if (of.connection != null) {
        last.add(of.connection);
      }
    }
    last.forEach(connection -> connection.lose("this node leaves"));
    return last;
  }

  private void refresh() {
    askable = connected.stream().filter(connection -> !connection.isLeaving()).toList();
  }

  private void lookUp() {
    if (!closed) {
      Thread.ofVirtual()
          .name("cluster-names")
          .start(
              () -> {
                Set<Place> found = places();
                timer.execute(() -> found(found));
              });
    }
  }

  /// A name that cannot be looked up keeps the addresses it had.
  private Set<Place> places() {
    var places = new LinkedHashSet<Place>();
    for (Address address : addresses) {
      try {
        for (InetAddress ip : names.addressesOf(address.host())) {
          places.add(new Place(address, new InetSocketAddress(ip, address.port())));
        }
      } catch (UnknownHostException _) {
        wanted.stream().filter(place -> place.address().equals(address)).forEach(places::add);
      }
    }
    return places;
  }

  private void found(Set<Place> places) {
    if (closed) {
      return;
    }
    wanted = places;
    for (Place place : places) {
      if (!attempts.containsKey(place)) {
        var of = new Attempts();
        attempts.put(place, of);
        connect(place, of);
      }
    }
  }

  private void connect(Place place, Attempts of) {
    if (closed || of.connection != null) {
      return;
    }
    if (!wanted.contains(place)) {
      attempts.remove(place);
      return;
    }
    of.failures++;
    of.connection = new Connection(place, channels.apply(place), timer, this);
    of.connection.open();
  }

  private void again(Place place, Attempts of) {
    long most = Math.min(BACKOFF_MS_MAX, BACKOFF_MS_MIN << Math.min(of.failures, 10));
    long delay = ThreadLocalRandom.current().nextLong(most / 2, most + 1);
    timer.schedule(() -> connect(place, of), delay, TimeUnit.MILLISECONDS);
  }

  private void checkAlive() {
    long now = System.nanoTime();
    for (Attempts of : new ArrayList<>(attempts.values())) {
      if (of.connection != null) {
        of.connection.checkAlive(now);
      }
    }
  }
}
