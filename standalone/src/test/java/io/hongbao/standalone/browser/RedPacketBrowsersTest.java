package io.hongbao.standalone.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hongbao.standalone.Server;
import io.hongbao.standalone.wire.ServerExtension;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// Red packets among three people in three real browsers.
@ExtendWith(ServerExtension.class)
final class RedPacketBrowsersTest {
  private static Person ann;
  private static Person bob;
  private static Person cid;

  private final String page;

  RedPacketBrowsersTest(Server server) {
    this.page = "http://127.0.0.1:" + server.port() + "/";
  }

  @BeforeAll
  static void openBrowsers(@TempDir Path folder) {
    Optional<Chromium> chromium = Chromium.find();
    assumeTrue(chromium.isPresent(), Chromium.MISSING);
    ann = new Person(chromium.get().open(folder.resolve("ann")));
    bob = new Person(chromium.get().open(folder.resolve("bob")));
    cid = new Person(chromium.get().open(folder.resolve("cid")));
  }

  @AfterAll
  static void closeBrowsers() {
    Stream.of(ann, bob, cid).filter(person -> person != null).forEach(Person::close);
  }

  @BeforeEach
  void meetInANewGroup() {
    ann.signUp(page, "Ann");
    String link = ann.createGroup("Tea");
    bob.signUp(link, "小明");
    cid.signUp(link, "Cid");
    ann.waitForText("member-count", "3 members");
  }

  @Test
  void twoOpenALuckyPacketAndTheThirdSeesThatItIsGone() {
    ann.press("open-packet");
    ann.fill("packet-count", "2");
    ann.fill("packet-sum", "8.88");
    ann.waitForText("packet-balance", "¥8.88 is missing");
    ann.press("packet-topup");
    ann.press("topup-100");
    ann.press("topup-submit");
    ann.waitForText("packet-balance", "Your wallet holds ¥100.00");
    ann.fill("packet-greeting", "恭喜发财");
    ann.press("send-packet");
    ann.waitUntilGone("packet-form-dialog");

    BigDecimal bobs = openTheEnvelope(bob);
    ann.waitForTexts("envelope-state", List.of("1 of 2 opened"));
    BigDecimal anns = openTheEnvelope(ann);
    assertThat(bobs.add(anns)).isEqualTo("8.88");

    cid.waitForTexts("envelope-state", List.of("All gone"));
    cid.waitForText("system", "Ann opened the last share of their own red packet. Best luck: ");
    cid.press("envelope");
    cid.waitForText("packet-status", "Better luck next time");
    cid.press("packet-more");
    cid.waitForTexts("claim-amount", List.of("¥" + bobs, "¥" + anns));
    cid.waitForTexts("packet-standing", List.of("2 of 2 opened, ¥8.88 in all"));
    cid.waitForTexts("best", List.of("Best luck"));

    waitForBalance(ann, new BigDecimal("91.12").add(anns));
    waitForBalance(bob, bobs);
    waitForBalance(cid, new BigDecimal("0.00"));
    ann.waitForTexts("entry-amount", List.of("+" + anns, "−8.88", "+100.00"));
    bob.press("open-records");
    bob.waitForTexts("record-amount", List.of("¥" + bobs));
  }

  @Test
  void aPacketForOneIsOpenedByThatOneOnly() {
    ann.press("open-wallet");
    ann.press("topup");
    ann.fill("topup-amount", "5.2");
    ann.press("topup-submit");
    ann.waitForTexts("balance", List.of("¥5.20"));
    ann.press("dialog-close");

    ann.press("open-packet");
    ann.press("packet-exclusive");
    ann.fill("packet-sum", "5.201");
    ann.waitForText("field-problem", "Write an amount such as 12.34.");
    ann.fill("packet-sum", Keys.BACK_SPACE.toString());
    ann.chooseByText("packet-recipient", "Cid");
    ann.press("send-packet");

    bob.waitForTexts("envelope-state", List.of("For Cid"));
    assertThat(openTheEnvelope(cid)).isEqualTo("5.20");
    bob.waitForTexts("envelope-state", List.of("Opened by Cid"));
    ann.waitForTexts("envelope-state", List.of("Opened by Cid"));
    waitForBalance(ann, new BigDecimal("0.00"));
    waitForBalance(cid, new BigDecimal("5.20"));
  }

  /// Returns what was in it for this person.
  private static BigDecimal openTheEnvelope(Person person) {
    person.press("envelope");
    person.press("packet-open");
    String amount = person.see("packet-amount").getText();
    person.press("dialog-close");
    person.waitForTexts("envelope-state", List.of("You got " + amount));
    return new BigDecimal(amount.substring(1));
  }

  private static void waitForBalance(Person person, BigDecimal yuan) {
    person.closeDialogs();
    person.press("open-wallet");
    person.waitForTexts("balance", List.of("¥" + yuan));
  }
}
