package io.hongbao.message.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// Counts the statements that the database server is sent, and the rows that it touches: a change
/// costs the same in a group of 5 and of 500, and a message no more than it has to.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class ChangeCostTest {

  private static final int SMALL = 5;
  private static final int LARGE = 500;
  private static final int TIMES = 10;

  /// Rows more or fewer, since a page of an index may be split in between.
  private static final long PAGE_SPLITS = TIMES;

  /// Moving the group's head, appending the entry, committing.
  private static final int STATEMENTS_OF_A_MESSAGE = 3;

  private final TestService service;
  private final List<Long> strangers;
  private final Place small;
  private final Place large;

  /// A group that its owner has just used, so that the lane holds it.
  private record Place(long group, List<Long> users) {

    long owner() {
      return users.getFirst();
    }

    String json(String fields) {
      return "{\"groupId\": \"%d\", %s}".formatted(group, fields);
    }

    String json(long userId, String fields) {
      return json("\"userId\": \"%d\", %s".formatted(userId, fields));
    }
  }

  /// @param rows read, written, changed or deleted
  private record Cost(long statements, long rows) {}

  ChangeCostTest(TestServices services) {
    this.service = TestService.start(services, LARGE + 4 * TIMES);
    service.stopSweeping();
    this.strangers = service.users(2 * TIMES);
    this.small = place(service.users(SMALL));
    this.large = place(service.users(LARGE));
  }

  private Place place(List<Long> users) {
    var place = new Place(service.group(users), users);
    String open = "\"rules\": {\"joinPolicy\": \"open\"}";
    service.ok(place.owner(), "group.update", place.json(open));
    say(place, -1);
    return place;
  }

  @AfterAll
  void close() {
    service.close();
  }

  @Test
  void ofAJoin() {
    assertSame(
        cost(i -> service.ok(strangers.get(i), "group.join", small.json("\"more\": true"))),
        cost(i -> service.ok(strangers.get(i), "group.join", large.json("\"more\": true"))));
  }

  @Test
  void ofAMute() {
    assertSame(cost(i -> mute(small, i)), cost(i -> mute(large, i)));
  }

  private void mute(Place place, int i) {
    long until = service.clock().millis() + 60_000 + i;
    String fields = "\"untilAt\": " + until;
    service.ok(place.owner(), "group.mute", place.json(place.users().get(1), fields));
  }

  @Test
  void ofARole() {
    assertSame(cost(i -> changeRole(small, i)), cost(i -> changeRole(large, i)));
  }

  private void changeRole(Place place, int i) {
    String fields = "\"role\": \"" + (i % 2 == 0 ? "admin" : "member") + "\"";
    service.ok(place.owner(), "group.set_role", place.json(place.users().get(2), fields));
  }

  @Test
  void ofAMessageWhateverTheGroupHas() {
    assertThat(cost(i -> say(large, i)).statements()).isEqualTo(STATEMENTS_OF_A_MESSAGE * TIMES);
    String seq = "\"seq\": 4";
    service.ok(large.owner(), "message.pin", large.json(seq));
    service.ok(large.owner(), "message.react", large.json(seq + ", \"emoji\": \"👍\""));
    assertThat(cost(i -> say(large, 2 * TIMES + i)).statements())
        .isEqualTo(STATEMENTS_OF_A_MESSAGE * TIMES);
  }

  private void say(Place place, int i) {
    TestService.data(service.send(place.owner(), place.group(), "k" + i, "hello").join());
  }

  private static void assertSame(Cost small, Cost large) {
    assertThat(large.statements()).isPositive().isEqualTo(small.statements());
    assertThat(large.rows()).isPositive().isCloseTo(small.rows(), within(PAGE_SPLITS));
  }

  private Cost cost(IntConsumer act) {
    act.accept(0); // tables are opened, statements prepared
    Cost counting = minus(counted(), counted());
    Cost before = counted();
    for (int i = 1; i <= TIMES; i++) {
      act.accept(i);
    }
    Cost done = minus(before, counted());
    return new Cost(done.statements() - counting.statements(), done.rows() - counting.rows());
  }

  private static Cost minus(Cost before, Cost after) {
    return new Cost(after.statements() - before.statements(), after.rows() - before.rows());
  }

  private Cost counted() {
    return new Cost(
        sum("Variable_name = 'Questions'"),
        sum(
            "Variable_name IN ('Handler_read_key', 'Handler_read_next', 'Handler_read_prev',"
                + " 'Handler_read_first', 'Handler_read_last', 'Handler_read_rnd',"
                + " 'Handler_read_rnd_next', 'Handler_write', 'Handler_update',"
                + " 'Handler_delete')"));
  }

  private long sum(String which) {
    return service.query("SHOW GLOBAL STATUS WHERE " + which).stream()
        .mapToLong(Long::parseLong)
        .sum();
  }
}
