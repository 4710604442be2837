package io.hongbao.standalone.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/// The Chromium of this machine and its driver. Nothing is ever downloaded: where either is
/// missing, the browser tests are skipped.
record Chromium(Path browser, Path driver) {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");

  private static final String MISSING =
      "skipped: the browser tests need chromium and chromedriver on the PATH"
          + " (Debian: apt-get install chromium chromium-driver)";

  static Chromium findOrSkip() {
    Optional<Chromium> found =
        BROWSERS.stream()
            .flatMap(name -> onPath(name).stream())
            .findFirst()
            .flatMap(
                browser -> onPath("chromedriver").map(driver -> new Chromium(browser, driver)));
    assumeTrue(found.isPresent(), MISSING);
    return found.get();
  }

  /// A window of its own, with nothing of another's in it.
  ///
  /// @param profile an empty folder
  ChromeDriver open(Path profile) {
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.toFile())
            .usingAnyFreePort()
            .build();
    ChromeOptions options =
        new ChromeOptions()
            .setBinary(browser.toFile())
            .addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,800",
                "--use-fake-device-for-media-stream", // a microphone that beeps
                "--use-fake-ui-for-media-stream",
                "--user-data-dir=" + profile.toAbsolutePath());
    return new ChromeDriver(service, options);
  }

  private static Optional<Path> onPath(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
