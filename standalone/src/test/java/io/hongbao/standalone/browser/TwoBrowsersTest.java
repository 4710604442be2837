package io.hongbao.standalone.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.embedded.RuntimeFolder;
import io.hongbao.standalone.wire.ServerJvm;
import io.hongbao.standalone.wire.WireClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two people in two real browsers, against the whole server in a process of its own.
final class TwoBrowsersTest {
  private static Path folder;
  private static ServerJvm server;
  private static String link = "";
  private static Person ann;
  private static Person bob;

  @BeforeAll
  static void openBrowsers() throws Exception {
    Chromium chromium = Chromium.findOrSkip();
    // not in the temporary directory: the embedded database keeps nothing there over a restart
    folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "browsers");
    server = ServerJvm.start(folder.resolve("data"), Map.of());
    ann = new Person(chromium.open(Files.createDirectory(folder.resolve("ann"))));
    bob = new Person(chromium.open(Files.createDirectory(folder.resolve("bob"))));
  }

  @AfterAll
  static void closeAll() throws Exception {
    for (AutoCloseable each : Stream.of(ann, bob, server).filter(each -> each != null).toList()) {
      each.close();
    }
    if (folder != null) {
      RuntimeFolder.delete(folder);
    }
  }

  @BeforeEach
  void meetInANewGroup() {
    ann.signUp(page(), "Ann");
    link = ann.createGroup("Tea");
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
  void loseNothingWithAThirdInATerminalWhereTheServerIsKilled() throws Exception {
    var cid = WireClient.register(server.port(), "Cid");
    String group;
    long before;
    try (var terminal = WireClient.open(server.port(), cid, "terminal")) {
      group = join(terminal);
      ann.say("before");
      bob.waitForMessages(List.of("before"));
      before = say(terminal, group, "from the terminal");
      ann.waitForMessages(List.of("before", "from the terminal"));

      server.kill();
      assertThat(terminal.awaitClose()).isEqualTo(1006);
    }
    ann.see("connection-banner");
    ann.say("written while the server was away");
    ann.waitForPending(1);
    server.startAgain();

    var said =
        new ArrayList<>(
            List.of("before", "from the terminal", "written while the server was away"));
    ann.waitForMessages(said);
    bob.waitForMessages(said);
    ann.waitForPending(0);
    try (var terminal = WireClient.open(server.port(), cid, "terminal")) {
      await().until(() -> textsAfter(terminal, group, before).equals(said.subList(2, 3)));
      long seq = say(terminal, group, "I am back, too");
      assertThat(terminal.awaitMessage(group, seq).get("content").get("text").textValue())
          .isEqualTo("I am back, too");
      said.add("I am back, too");
      bob.waitForMessages(said);
      bob.say("welcome back");
      said.add("welcome back");
      ann.waitForMessages(said);
      assertThat(terminal.awaitMessage(group, seq + 1).get("content").get("text").textValue())
          .isEqualTo("welcome back");
    }
    ann.waitUntilGone("connection-banner");
    bob.reload();
    bob.waitForMessages(said);
  }

  /// Joins by the link, as anyone does who has read the protocol; the group's id.
  private static String join(WireClient terminal) {
    String code = link.substring(link.lastIndexOf('/') + 1);
    return terminal
        .ask("group.join", Map.of("inviteCode", code))
        .get("group")
        .get("groupId")
        .textValue();
  }

  private static long say(WireClient terminal, String group, String text) {
    return terminal
        .ask(
            "message.send",
            Map.of(
                "groupId",
                group,
                "clientMessageId",
                text,
                "type",
                "text",
                "content",
                Map.of("text", text)))
        .get("seq")
        .longValue();
  }

  private static List<String> textsAfter(WireClient terminal, String group, long seq) {
    var texts = new ArrayList<String>();
    terminal
        .ask("message.history", Map.of("groupId", group, "afterSeq", seq))
        .get("messages")
        .forEach(message -> texts.add(message.get("content").get("text").textValue()));
    return texts;
  }

  private static String page() {
    return "http://127.0.0.1:" + server.port() + "/";
  }
}
