package io.hongbao.standalone.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hongbao.common.config.Settings;
import io.hongbao.standalone.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two people in two real browsers, against the whole server on its embedded databases.
final class TwoBrowsersTest {
  private static Path folder;
  private static Server server;
  private static Person ann;
  private static Person bob;

  @BeforeAll
  static void openBrowsers() throws Exception {
    Optional<Chromium> chromium = Chromium.find();
    assumeTrue(chromium.isPresent(), Chromium.MISSING);
    // not in the temporary directory: the embedded database keeps nothing there over a restart
    folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "browsers");
    server = startServer(0);
    ann = new Person(chromium.get().open(Files.createDirectory(folder.resolve("ann"))));
    bob = new Person(chromium.get().open(Files.createDirectory(folder.resolve("bob"))));
  }

  @AfterAll
  static void closeAll() throws Exception {
    for (AutoCloseable each : Stream.of(ann, bob, server).filter(each -> each != null).toList()) {
      each.close();
    }
  }

  @BeforeEach
  void meetInANewGroup() {
    ann.signUp(page(), "Ann");
    String link = ann.createGroup("Tea");
    bob.signUp(link, "小明");
    bob.see("composer");
  }

  @Test
  void chatLiveInAGroupThatOneJoinsByLink() {
    ann.say("hello 小明");
    bob.waitForMessages(List.of("hello 小明"));
    bob.say("你好 Ann 🧧");
    bob.say("<b>not bold</b>");

    List<String> said = List.of("hello 小明", "你好 Ann 🧧", "<b>not bold</b>");
    ann.waitForMessages(said);
    bob.waitForMessages(said);
    assertThat(ann.see("member-count").getText()).isEqualTo("2 members");
  }

  @Test
  void seeUnreadMessagesUntilTheyOpenTheChat() {
    bob.closeConversation();
    ann.say("one");
    ann.say("two");
    bob.waitForUnread("2");
    bob.waitForTitle("(2) Hongbao");

    bob.openConversation();
    bob.see("new-messages");
    bob.waitUntilGone("unread-badge");
    bob.waitForTitle("Hongbao");
    bob.reload();
    bob.waitForMessages(List.of("one", "two"));
    bob.waitUntilGone("unread-badge");
  }

  @Test
  void readTheirWayBackThroughALongHistory() {
    List<String> said = IntStream.rangeClosed(1, 70).mapToObj(n -> "message " + n).toList();
    said.forEach(ann::say);
    ann.waitForPending(0);
    bob.reload();
    bob.see("message");
    bob.scrollUpUntil(said);
  }

  @Test
  void loseNothingWhileTheServerIsRestarted() throws Exception {
    ann.say("before");
    bob.waitForMessages(List.of("before"));
    int port = server.port();

    server.close();
    ann.see("connection-banner");
    ann.say("written while the server was away");
    ann.waitForPending(1);
    server = startServer(port);

    List<String> said = List.of("before", "written while the server was away");
    ann.waitForMessages(said);
    bob.waitForMessages(said);
    ann.waitForPending(0);
    bob.say("welcome back");
    ann.waitForMessages(List.of(said.getFirst(), said.getLast(), "welcome back"));
    ann.waitUntilGone("connection-banner");
    bob.reload();
    bob.waitForMessages(List.of(said.getFirst(), said.getLast(), "welcome back"));
  }

  private static Server startServer(int port) throws Exception {
    return Server.start(
        Settings.of(
            Map.of(
                "port",
                Integer.toString(port),
                "management.port",
                "0",
                "bind",
                "127.0.0.1",
                "data",
                folder.resolve("data").toString())));
  }

  private static String page() {
    return "http://127.0.0.1:" + server.port() + "/";
  }
}
