package io.hongbao.standalone.browser;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/// Somebody in front of a browser window: what they do and what they see, by the page's test ids.
final class Person implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ChromeDriver window;
  private final WebDriverWait wait;

  Person(ChromeDriver window) {
    this.window = window;
    this.wait = new WebDriverWait(window, PATIENCE, Duration.ofMillis(50));
    wait.ignoring(StaleElementReferenceException.class, ElementNotInteractableException.class);
  }

  /// Signs up with nothing but a nickname, in a browser that by then knows nobody.
  void signUp(String url, String nickname) {
    window.get(URI.create(url).resolve("/img/logo.svg").toString()); // there, and yet not the page
    window.executeScript("localStorage.clear()");
    window.get(url);
    see("nickname").sendKeys(nickname);
    press("sign-up-submit");
    see("workspace");
  }

  /// Creates a group and returns the link that lets others join.
  String createGroup(String name) {
    press("new-group");
    see("group-name").sendKeys(name);
    press("create-group");
    String link = Objects.requireNonNull(see("invite-link").getDomProperty("value"));
    press("dialog-close");
    waitUntilGone("invite-dialog");
    return link;
  }

  /// Waits for something that can be pressed: a click on what is disabled is lost without a word.
  void press(String testid) {
    wait.until(
        _ ->
            all(testid).stream()
                .filter(element -> element.isDisplayed() && element.isEnabled())
                .findFirst()
                .map(
                    element -> {
                      element.click();
                      return element;
                    })
                .orElse(null));
  }

  /// Opens the menu of a member in the group's panel and takes something of it.
  void doToMember(String name, String testid) {
    wait.until(
            _ ->
                all("member").stream()
                    .filter(row -> row.getText().contains(name))
                    .flatMap(row -> row.findElements(byTestid("member-menu")).stream())
                    .findFirst()
                    .orElse(null))
        .click();
    press(testid);
  }

  void fill(String testid, String words) {
    see(testid).sendKeys(words);
  }

  void choose(String testid, String value) {
    new Select(see(testid)).selectByValue(value);
  }

  void chooseByText(String testid, String words) {
    new Select(see(testid)).selectByVisibleText(words);
  }

  /// Chooses files, as in the dialog that the browser opens for it.
  void chooseFiles(String testid, Path... files) {
    String paths =
        Stream.of(files)
            .map(file -> file.toAbsolutePath().toString())
            .collect(Collectors.joining("\n"));
    window.findElement(byTestid(testid)).sendKeys(paths);
  }

  /// Drags files from outside the browser onto an element and lets go.
  void dropFiles(String testid, Path... files) {
    Rectangle place = see(testid).getRect();
    var paths = Stream.of(files).map(file -> file.toAbsolutePath().toString()).toList();
    for (String step : List.of("dragEnter", "dragOver", "drop")) {
      window.executeCdpCommand(
          "Input.dispatchDragEvent",
          Map.of(
              "type",
              step,
              "x",
              place.x + place.width / 2,
              "y",
              place.y + place.height / 2,
              "data",
              Map.of("items", List.of(), "files", paths, "dragOperationsMask", 1)));
    }
  }

  /// Has a square picture in the clipboard.
  void copyPicture(int pixels) {
    window.executeCdpCommand(
        "Browser.grantPermissions",
        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    window.executeAsyncScript(
        """
        const canvas = Object.assign(document.createElement("canvas"), {
          width: arguments[0], height: arguments[0]
        });
        canvas.toBlob(async (picture) => {
          await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
          arguments[1]();
        });
        """,
        pixels);
  }

  /// Films a blinking square for a second and a half.
  Path film(Path file) throws IOException {
    var content =
        (String)
            window.executeAsyncScript(
                """
                const [done] = arguments;
                const canvas = document.createElement("canvas");
                const pen = canvas.getContext("2d");
                const frames = setInterval(() => {
                  pen.fillStyle = `hsl(${performance.now() % 360}, 100%, 50%)`;
                  pen.fillRect(0, 0, canvas.width, canvas.height);
                }, 40);
                const camera = new MediaRecorder(canvas.captureStream(), { mimeType: "video/webm" });
                camera.ondataavailable = async ({ data }) => {
                  const bytes = new Uint8Array(await data.arrayBuffer());
                  done(btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")));
                };
                camera.start();
                setTimeout(() => {
                  camera.stop();
                  clearInterval(frames);
                }, 1500);
                """);
    return Files.write(file, Base64.getDecoder().decode(Objects.requireNonNull(content)));
  }

  /// Until a player has what it plays, and the picture that stands before it does.
  void waitForPlayer(String testid) {
    WebElement player = see(testid);
    wait.until(
        _ ->
            Stream.of("src", "poster")
                .map(player::getDomProperty)
                .noneMatch(url -> url == null || url.isEmpty()));
  }

  void waitForWidths(String testid, List<Integer> widths) {
    wait.until(
        _ ->
            all(testid).stream()
                .map(picture -> picture.getDomProperty("naturalWidth"))
                .toList()
                .equals(widths.stream().map(String::valueOf).toList()));
  }

  /// The width of a picture, in its own pixels, once it has come.
  int widthOf(String testid) {
    WebElement picture = see(testid);
    return wait.until(
        _ -> {
          var width =
              (Long) window.executeScript("return arguments[0].naturalWidth || null", picture);
          return width == null ? null : width.intValue();
        });
  }

  /// Whether what plays has come this far.
  void waitUntilPlayed(String testid, double seconds) {
    wait.until(
        _ ->
            Boolean.TRUE.equals(
                window.executeScript(
                    "return document.querySelector(arguments[0]).currentTime >= arguments[1]",
                    "[data-testid=" + testid + "]",
                    seconds)));
  }

  void closeDialogs() {
    window.executeScript("document.querySelectorAll('dialog').forEach(each => each.close())");
  }

  /// Types where the focus is.
  void type(String keys) {
    new Actions(window).sendKeys(keys).perform();
  }

  /// The page may ask where they are, and is told so.
  void standAt(double latitude, double longitude) {
    window.executeCdpCommand(
        "Browser.grantPermissions", Map.of("permissions", List.of("geolocation")));
    window.executeCdpCommand(
        "Emulation.setGeolocationOverride",
        Map.of("latitude", latitude, "longitude", longitude, "accuracy", 5));
  }

  void open(String url) {
    window.get(url);
  }

  void waitForTexts(String testid, List<String> texts) {
    wait.withMessage(() -> "expected " + texts + " but saw " + texts(testid) + onPage())
        .until(_ -> texts(testid).equals(texts));
  }

  void waitForText(String testid, String part) {
    wait.withMessage(() -> "expected " + part + " but saw " + texts(testid) + onPage())
        .until(_ -> texts(testid).stream().anyMatch(text -> text.contains(part)));
  }

  /// All that can be read, for what a failure says.
  private String onPage() {
    return " on a page that says\n" + window.findElement(By.tagName("body")).getText();
  }

  private List<String> texts(String testid) {
    return all(testid).stream().filter(WebElement::isDisplayed).map(WebElement::getText).toList();
  }

  void say(String words) {
    see("composer").sendKeys(words, Keys.ENTER);
  }

  void openConversation() {
    press("conversation");
    see("composer");
  }

  void openConversation(String name) {
    wait.until(
            _ ->
                all("conversation").stream()
                    .filter(row -> row.getText().contains(name))
                    .findFirst()
                    .orElse(null))
        .click();
    waitForText("chat-name", name);
  }

  /// Back to the page without a chat in it.
  void closeConversation() {
    window.executeScript("location.hash = '#/'");
    see("no-chat");
  }

  void reload() {
    window.navigate().refresh();
    see("workspace");
  }

  void waitForMessages(List<String> texts) {
    wait.withMessage(() -> "expected " + texts + " but saw " + messages())
        .until(_ -> messages().equals(texts));
  }

  /// Messages that were written here and that the server has not acknowledged.
  void waitForPending(int count) {
    wait.until(_ -> all("pending").size() == count);
  }

  /// Scrolls to the top again and again until these are all the messages there are.
  void scrollUpUntil(List<String> texts) {
    WebElement scroll = see("scroll");
    wait.withMessage(() -> "saw " + messages().size() + " messages")
        .until(
            _ -> {
              window.executeScript("arguments[0].scrollTop = 0", scroll);
              return messages().equals(texts);
            });
  }

  void waitForUnread(String badge) {
    wait.until(
        _ -> all("unread-badge").stream().map(WebElement::getText).toList().equals(List.of(badge)));
  }

  void waitForTitle(String title) {
    wait.until(_ -> title.equals(window.getTitle()));
  }

  void waitUntilGone(String testid) {
    wait.until(_ -> all(testid).stream().noneMatch(WebElement::isDisplayed));
  }

  WebElement see(String testid) {
    return wait.until(
        _ -> all(testid).stream().filter(WebElement::isDisplayed).findFirst().orElse(null));
  }

  /// The texts of the messages in the order they stand, those on their way left out.
  List<String> messages() {
    @SuppressWarnings("unchecked") // the script returns a list of strings
    var texts =
        (List<String>)
            window.executeScript(
                "return [...document.querySelectorAll('[data-testid=message] [data-testid=text]')]"
                    + ".map(element => element.textContent)");
    return texts == null ? List.of() : texts;
  }

  private List<WebElement> all(String testid) {
    return window.findElements(byTestid(testid));
  }

  private static By byTestid(String testid) {
    return By.cssSelector("[data-testid='" + testid + "']");
  }

  @Override
  public void close() {
    window.quit();
  }
}
