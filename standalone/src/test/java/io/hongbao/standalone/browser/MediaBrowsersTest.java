package io.hongbao.standalone.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.standalone.Server;
import io.hongbao.standalone.wire.ServerExtension;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// Pictures, voice, videos and files between two people in two real browsers, by way of a real S3
/// store.
@ExtendWith(ServerExtension.class)
final class MediaBrowsersTest {
  private static final int WIDTH = 1_600;
  private static final int HEIGHT = 1_000;
  private static final int THUMBNAIL_PIXELS_MAX = 480;
  private static final int PASTED_PIXELS = 48;

  @TempDir private static Path folder;
  private static Person ann;
  private static Person bob;

  private final String page;

  MediaBrowsersTest(Server server) {
    this.page = "http://127.0.0.1:" + server.port() + "/";
  }

  @BeforeAll
  static void openBrowsers() {
    Chromium chromium = Chromium.findOrSkip();
    ann = new Person(chromium.open(folder.resolve("ann")));
    bob = new Person(chromium.open(folder.resolve("bob")));
  }

  @AfterAll
  static void closeBrowsers() {
    Stream.of(ann, bob).filter(person -> person != null).forEach(Person::close);
  }

  @BeforeEach
  void meetInANewGroup() {
    ann.signUp(page, "Ann");
    String link = ann.createGroup("Tea");
    bob.signUp(link, "小明");
    bob.see("composer");
  }

  @Test
  void onesPictureIsAThumbnailToTheOtherThatOpensLargeUntilItIsTakenBack() throws IOException {
    ann.chooseFiles("choose-files", picture("river.jpg"));
    ann.see("attachment");
    ann.press("send");

    assertThat(bob.widthOf("picture-image")).isEqualTo(THUMBNAIL_PIXELS_MAX);
    bob.press("picture");
    assertThat(bob.widthOf("picture-large")).isEqualTo(WIDTH);

    ann.see("message");
    ann.fill("composer", Keys.ARROW_UP.toString());
    ann.type(Keys.ENTER.toString());
    ann.press("menu-recall");
    bob.waitUntilGone("picture-dialog");
    bob.waitUntilGone("picture");
    bob.waitForText("recalled", "Ann took back a message");
  }

  @Test
  void whatOneRecordsPlaysForTheOther() {
    ann.press("record");
    ann.waitForText("recording-time", "0:02");
    ann.press("recording-send");

    bob.waitForText("voice-time", "0:0");
    bob.press("voice-play");
    bob.waitUntilPlayed("audio", 0.5);
  }

  @Test
  void picturesMayBeDroppedAndPasted() throws IOException {
    ann.dropFiles("composer", picture("dropped.jpg"));
    ann.see("attachment");
    ann.press("send");
    assertThat(bob.widthOf("picture-image")).isEqualTo(THUMBNAIL_PIXELS_MAX);

    ann.copyPicture(PASTED_PIXELS);
    ann.fill("composer", Keys.chord(Keys.CONTROL, "v"));
    ann.see("attachment");
    ann.press("send");
    bob.waitForWidths("picture-image", List.of(THUMBNAIL_PIXELS_MAX, PASTED_PIXELS));
  }

  @Test
  void aVideoHasAPictureBeforeItPlays() throws IOException {
    ann.chooseFiles("choose-files", ann.film(folder.resolve("film.webm")));
    ann.press("send");

    bob.waitForPlayer("video");
    bob.fill("video", Keys.SPACE.toString());
    bob.waitUntilPlayed("video", 0.5);
  }

  @Test
  void filesKeepTheirNamesAndTheirOrderAndComeAfterTheWords() throws IOException {
    Path notes = Files.writeString(folder.resolve("茶 notes.txt"), "green, black, white");
    Path more = Files.write(folder.resolve("more.zip"), new byte[2_500_000]);
    ann.chooseFiles("choose-files", notes, more);
    ann.fill("composer", "both of them");
    ann.press("send");

    bob.waitForTexts("file-name", List.of("茶 notes.txt", "more.zip"));
    bob.waitForTexts("file-size", List.of("19 bytes", "2.4 MB"));
    assertThat(bob.see("message").getText()).contains("both of them");
  }

  @Test
  void aPictureThatIsNoneIsRefusedAndMayGoAsAFile() throws IOException {
    Path words = Files.writeString(folder.resolve("words.png"), "these are no pixels");
    ann.chooseFiles("choose-files", words);
    ann.press("send");
    ann.waitForText("pending", "It is damaged, or not what its name says.");
    ann.press("send-as-file");
    bob.waitForTexts("file-name", List.of("words.png"));
  }

  @Test
  void someonesNewPictureIsSeenByWhoeverLooksAtThem() throws IOException {
    ann.say("tea?");
    bob.waitForMessages(List.of("tea?"));
    ann.press("account");
    ann.chooseFiles("choose-avatar", picture("ann.jpg"));
    ann.waitForText("notice", "The picture is changed.");

    bob.reload();
    assertThat(bob.widthOf("avatar-picture")).isEqualTo(THUMBNAIL_PIXELS_MAX);
  }

  @Test
  void aGroupsNewPictureIsSeenByItsMembersAtOnce() throws IOException {
    ann.press("open-people");
    ann.press("open-settings");
    ann.chooseFiles("choose-avatar", picture("tea.jpg"));

    bob.waitForText("system", "Ann changed the group’s picture");
    assertThat(bob.widthOf("avatar-picture")).isEqualTo(THUMBNAIL_PIXELS_MAX);
  }

  /// A picture with something to see on it, so that it is not small for being empty.
  private static Path picture(String name) throws IOException {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setPaint(new GradientPaint(0, 0, Color.ORANGE, WIDTH, HEIGHT, Color.BLUE));
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    pen.dispose();
    Path file = folder.resolve(name);
    ImageIO.write(image, "jpg", file.toFile());
    return file;
  }
}
