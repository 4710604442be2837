package io.hongbao.standalone.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.standalone.Server;
import io.hongbao.standalone.wire.ServerExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Three people in three real browsers: how they come into groups, and what an owner and admins do
/// there.
@ExtendWith(ServerExtension.class)
final class ThreeBrowsersTest {
  private static Person ann;
  private static Person bob;
  private static Person cid;

  private final String page;

  ThreeBrowsersTest(Server server) {
    this.page = "http://127.0.0.1:" + server.port() + "/";
  }

  @BeforeAll
  static void openBrowsers(@TempDir Path folder) {
    Chromium chromium = Chromium.findOrSkip();
    ann = new Person(chromium.open(folder.resolve("ann")));
    bob = new Person(chromium.open(folder.resolve("bob")));
    cid = new Person(chromium.open(folder.resolve("cid")));
  }

  @AfterAll
  static void closeBrowsers() {
    Stream.of(ann, bob, cid).filter(person -> person != null).forEach(Person::close);
  }

  @Test
  void meetWithFourDigitsAndEndInOneGroup() {
    String code = "%04d".formatted(ThreadLocalRandom.current().nextInt(10_000));
    List<Person> people = List.of(ann, bob, cid);
    ann.signUp(page, "Ann");
    bob.signUp(page, "小明");
    cid.signUp(page, "Cid");

    for (Person person : people) {
      person.press("face-to-face");
      person.see("face-pad");
      person.type(code);
      person.waitForText("face-room", code);
    }
    ann.waitForTexts("face-person", List.of("Ann (you)", "小明", "Cid"));
    bob.waitForTexts("face-person", List.of("Ann", "小明 (you)", "Cid"));
    assertThat(cid.see("face-countdown").getText()).matches("[23]:[0-5][0-9]");

    ann.press("face-confirm");
    bob.waitForText("face-confirm", "Join the group");
    bob.press("face-confirm");
    cid.press("face-confirm");

    people.forEach(person -> person.waitForText("member-count", "3 members"));
    people.forEach(person -> person.waitForTexts("chat-name", List.of("Ann, 小明, Cid")));
    ann.say("all here");
    people.forEach(person -> person.waitForMessages(List.of("all here")));
  }

  @Test
  void meetWithFourDigitsOnlyWhomTheyStandNear() {
    String code = "%04d".formatted(ThreadLocalRandom.current().nextInt(10_000));
    ann.signUp(page, "Ann");
    bob.signUp(page, "Bob");
    cid.signUp(page, "Cid");
    ann.standAt(31.2304, 121.4737);
    bob.standAt(31.2305, 121.4738);
    cid.standAt(31.2404, 121.4737);

    for (Person person : List.of(ann, bob, cid)) {
      person.press("face-to-face");
      person.press("use-position");
      person.type(code);
      person.waitForText("face-room", code);
    }
    ann.waitForTexts("face-person", List.of("Ann (you)", "Bob"));
    bob.waitForTexts("face-person", List.of("Ann", "Bob (you)"));
    cid.waitForTexts("face-person", List.of("Cid (you)"));
  }

  @Test
  void areMutedByAnAdminAndWriteAgainAfterwards() {
    ann.signUp(page, "Ann");
    String link = ann.createGroup("Tea");
    bob.signUp(link, "Bob");
    cid.signUp(link, "Cid");
    cid.say("I say what I want");
    ann.press("open-people");
    ann.doToMember("Bob", "menu-up");
    bob.waitForText("system", "Ann made you an admin");

    bob.press("open-people");
    bob.doToMember("Cid", "menu-muted");
    bob.press("mute-60");
    cid.waitForText("barrier", "You are muted here until");
    cid.waitUntilGone("composer");
    cid.waitForText("system", "Bob muted you for 1 hour");
    bob.waitForText("muted-badge", "muted for 60 min");

    bob.doToMember("Cid", "menu-bell");
    cid.waitUntilGone("barrier");
    cid.say("and I say it again");
    ann.waitForMessages(List.of("I say what I want", "and I say it again"));
  }

  @Test
  void areBannedAndLetInAgain() {
    ann.signUp(page, "Ann");
    String link = ann.createGroup("Tea");
    bob.signUp(link, "Bob");
    bob.see("composer");
    ann.press("open-people");
    ann.doToMember("Bob", "menu-ban");
    ann.press("confirm");
    bob.waitForText("gone-words", "You are no longer in “Tea”");

    ann.press("open-bans");
    ann.press("unban");
    ann.waitForTexts("reading-status", List.of("Nobody is banned."));
    bob.open(link);
    bob.say("thank you");
    ann.waitForMessages(List.of("thank you"));
  }

  @Test
  void findNoPanelForAdminsInAGroupOfAnother() {
    bob.signUp(page, "Bob");
    String link = bob.createGroup("Coffee");
    ann.signUp(page, "Ann");
    ann.createGroup("Tea");
    ann.open(link);
    ann.waitForText("chat-name", "Coffee");

    ann.openConversation("Tea");
    ann.press("open-people");
    ann.press("open-settings");
    ann.see("group-settings");
    ann.openConversation("Coffee");
    ann.see("details");
    ann.waitUntilGone("group-settings");
  }

  @Test
  void askToJoinByLinkUntilTheyAreLetIn() {
    ann.signUp(page, "Ann");
    String link = ann.createGroup("Tea");
    ann.press("open-people");
    ann.press("open-settings");
    ann.choose("join-policy", "approval");
    ann.fill("join-question", "Who are you?");
    ann.press("save-group");
    ann.waitForText("system", "set a question to who asks to join: “Who are you?”");

    cid.signUp(link, "Cid");
    cid.waitForText("ask-to-join", "Who are you?");
    cid.fill("ask-message", "It is me, Cid");
    cid.press("ask-submit");
    cid.waitForText("waiting-for-approval", "Waiting for approval");

    ann.press("open-requests");
    ann.waitForTexts("request-message", List.of("It is me, Cid"));
    ann.press("decline");
    ann.waitForTexts("request-message", List.of());

    cid.open(link);
    cid.fill("ask-message", "Cid from next door");
    cid.press("ask-submit");
    ann.waitForTexts("request-message", List.of("Cid from next door"));
    ann.press("accept");
    cid.say("thank you");
    ann.waitForMessages(List.of("thank you"));
    cid.waitForText("member-count", "2 members");
  }
}
