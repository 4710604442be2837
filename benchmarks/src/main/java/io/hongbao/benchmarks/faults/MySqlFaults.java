package io.hongbao.benchmarks.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;

/// MySQL away, silent, slow, or its connections cut.
final class MySqlFaults {

  private static final int CUTS = 5;

  /// Changes after which a server that was cut off is at work again.
  private static final int MESSAGES_BETWEEN_CUTS = 20;

  /// A slow disk, as far as an ordinary process can have one: of every 50 ms the server runs 10, so
  /// that a flush takes five times as long and up to 40 ms more, while a neighbour writes and
  /// flushes blocks of a megabyte on the same disk without a pause.
  private static final long SLOW_STOPPED_MS = 40;

  private static final long SLOW_RUNNING_MS = 10;
  private static final int NEIGHBOUR_BLOCK_BYTES = 1 << 20;
  private static final int NEIGHBOUR_BLOCKS_MAX = 64;

  private MySqlFaults() {}

  static void restart(Scene scene) throws InterruptedException {
    scene.stage().database().stop();
    Thread.sleep(scene.held());
    scene.stage().database().restart();
  }

  /// Started again by whoever started it, a second later.
  static void kill(Scene scene) throws IOException, InterruptedException {
    Program.named("mariadbd").kill();
    scene.stage().awaitDatabase();
  }

  /// Each time once the server has connected and commits again.
  static void cut(Scene scene) throws InterruptedException {
    for (int i = 0; i < CUTS; i++) {
      if (i > 0) {
        scene.crowd().awaitMessages(MESSAGES_BETWEEN_CUTS);
      }
      try (var connection = scene.stage().connect()) {
        cutOthers(connection);
      } catch (SQLException e) {
        throw new IllegalStateException("cannot cut connections", e);
      }
    }
  }

  static void pause(Scene scene) throws IOException, InterruptedException {
    Program mysql = Program.named("mariadbd");
    mysql.stop();
    try {
      Thread.sleep(scene.held());
    } finally {
      mysql.goOn();
    }
  }

  static void slowDisk(Scene scene) throws IOException, InterruptedException {
    Program mysql = Program.named("mariadbd");
    Path file = Files.createTempFile(scene.stage().folder(), "neighbour", ".bin");
    Thread neighbour = Thread.ofPlatform().daemon().start(() -> writeAndFlush(file));
    try {
      long end = System.nanoTime() + scene.held().toNanos();
      while (System.nanoTime() < end) {
        mysql.stop();
        Thread.sleep(SLOW_STOPPED_MS);
        mysql.goOn();
        Thread.sleep(SLOW_RUNNING_MS);
      }
    } finally {
      mysql.goOn();
      neighbour.interrupt();
      neighbour.join();
      Files.delete(file);
    }
  }

  /// Holds a lock by which no row of the log can be written while all can be read: what a server is
  /// like whose pages are in memory and whose disk does not take any.
  static void stallWrites(Scene scene) throws InterruptedException {
    try (var connection = scene.stage().connect();
        var statement = connection.createStatement()) {
      statement.execute("LOCK TABLES message READ, message_state READ");
      Thread.sleep(scene.held());
      statement.execute("UNLOCK TABLES");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot lock the tables", e);
    }
  }

  private static void writeAndFlush(Path file) {
    ByteBuffer block = ByteBuffer.allocateDirect(NEIGHBOUR_BLOCK_BYTES);
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
        block.clear();
        long position = (long) (i % NEIGHBOUR_BLOCKS_MAX) * NEIGHBOUR_BLOCK_BYTES;
        var _ = channel.write(block, position);
        channel.force(true);
      }
    } catch (ClosedByInterruptException _) {
      // the fault is over
    } catch (IOException e) {
      throw new IllegalStateException("the neighbour cannot write", e);
    }
  }

  private static void cutOthers(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      var ids = new ArrayList<Long>();
      try (var rows =
          statement.executeQuery(
              """
              SELECT id FROM information_schema.processlist
              WHERE id <> CONNECTION_ID() AND db = 'hongbao'
              """)) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
      for (long id : ids) {
        try {
          statement.execute("KILL " + id);
        } catch (SQLException _) {
          // gone by itself meanwhile
        }
      }
    }
  }
}
