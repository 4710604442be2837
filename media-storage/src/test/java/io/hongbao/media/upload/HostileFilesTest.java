package io.hongbao.media.upload;

import static io.hongbao.media.kit.Samples.box;
import static io.hongbao.media.kit.Samples.bytes;
import static io.hongbao.media.kit.Samples.deflated;
import static io.hongbao.media.kit.Samples.hugePng;
import static io.hongbao.media.kit.Samples.joined;
import static io.hongbao.media.kit.Samples.mp3;
import static io.hongbao.media.kit.Samples.mp4;
import static io.hongbao.media.kit.Samples.opus;
import static io.hongbao.media.kit.Samples.picture;
import static io.hongbao.media.kit.Samples.progressiveJpeg;
import static io.hongbao.media.kit.Samples.wav;
import static io.hongbao.media.kit.Samples.webm;
import static io.hongbao.media.kit.Samples.webp;
import static io.hongbao.media.kit.Samples.withChunk;
import static io.hongbao.media.kit.Samples.withSegment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.media.kit.TestMedia;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that are broken, lie, or want to do harm, and what each is answered. `ok` is harmless:
/// what is given out is another file, or is only saved.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class HostileFilesTest {

  private static final long ANN = 1;

  private static final byte[] SCRIPT = bytes("<script>alert(1)</script>");
  private static final byte[] ZIP = bytes("PK\3\4 and so on");

  private final TestMedia media;

  HostileFilesTest(TestServices services, @TempDir Path folder) {
    this.media = TestMedia.start(services, folder, Map.of());
  }

  @AfterAll
  void stop() {
    media.close();
  }

  static Stream<Arguments> files() {
    byte[] png = picture("png", 40, 30);
    byte[] jpeg = picture("jpg", 40, 30);
    byte[] gif = picture("gif", 40, 30);
    return Stream.of(
        // what is announced is not what comes
        arguments("a page as PNG", "image", "image/png", SCRIPT, "media_mismatch"),
        arguments("SVG with a script as PNG", "image", "image/png", svg(), "media_mismatch"),
        arguments("SVG with a script as a file", "file", "image/svg+xml", svg(), "ok"),
        arguments("a page as a file", "file", "text/html", SCRIPT, "ok"),
        arguments("JPEG as PNG", "image", "image/png", jpeg, "media_mismatch"),
        arguments("PNG as GIF", "image", "image/gif", png, "media_mismatch"),
        arguments("a program as JPEG", "image", "image/jpeg", bytes("MZ\220\0"), "media_mismatch"),
        arguments(
            "a program as MP3", "audio", "audio/mpeg", bytes("\177ELF\2\1\1"), "media_mismatch"),
        arguments("ZIP as MP4", "video", "video/mp4", ZIP, "media_mismatch"),
        arguments("WAV as WebP", "image", "image/webp", wav(10), "media_mismatch"),
        arguments("Matroska as WebM", "video", "video/webm", matroska(), "media_mismatch"),
        arguments("QuickTime as MP4", "video", "video/mp4", quickTime(), "media_mismatch"),
        arguments("text as Ogg", "audio", "audio/ogg", bytes("Ogg"), "media_mismatch"),
        // bombs
        arguments(
            "PNG of 2.5 billion pixels",
            "image",
            "image/png",
            hugePng(50_000, 50_000),
            "media_too_large"),
        arguments(
            "PNG as wide as numbers go",
            "image",
            "image/png",
            hugePng(Integer.MAX_VALUE, 1),
            "media_too_large"),
        arguments("GIF of 4 billion pixels", "image", "image/gif", hugeGif(gif), "media_too_large"),
        arguments(
            "GIF, a small picture on a screen of 4 billion pixels",
            "image",
            "image/gif",
            hugeScreen(gif),
            "media_too_large"),
        arguments(
            "JPEG of 4 billion pixels", "image", "image/jpeg", hugeJpeg(jpeg), "media_too_large"),
        arguments(
            "PNG, a text of it inflates to 64 MiB",
            "image",
            "image/png",
            withChunk(png, "zTXt", bomb("text\0\0")),
            "ok"),
        arguments(
            "PNG, its profile inflates to 64 MiB",
            "image",
            "image/png",
            withChunk(png, "iCCP", bomb("name\0\0")),
            "ok"),
        arguments(
            "PNG, five profiles of it inflate to almost 4 MiB",
            "image",
            "image/png",
            withProfiles(png, 5),
            "ok"),
        arguments("JPEG of 200 scans", "image", "image/jpeg", scans(200), "media_mismatch"),
        arguments(
            "WebM of 3 million empty elements",
            "video",
            "video/webm",
            joined(webm(20), bytes("\u00ec\u0080".repeat(3_000_000)), bytes("\u00ec\u0081")),
            "media_mismatch"),
        // cut off and damaged
        arguments("half a PNG", "image", "image/png", half(png), "media_mismatch"),
        arguments("half a JPEG", "image", "image/jpeg", half(jpeg), "media_mismatch"),
        arguments("half a GIF", "image", "image/gif", half(gif), "media_mismatch"),
        arguments("half a WebP", "image", "image/webp", half(webp()), "media_mismatch"),
        arguments(
            "half an MP4", "video", "video/mp4", half(mp4(640, 480, 2_000)), "media_mismatch"),
        arguments("half a WAV", "audio", "audio/wav", half(wav(100)), "media_mismatch"),
        arguments("half an Ogg", "audio", "audio/ogg", half(opus(1_000)), "media_mismatch"),
        arguments(
            "WebM cut in a block",
            "video",
            "video/webm",
            Arrays.copyOf(webm(200), webm(200).length - 3),
            "media_mismatch"),
        arguments(
            "PNG with a wrong checksum", "image", "image/png", flipped(png, 40), "media_mismatch"),
        arguments(
            "JPEG, EXIF of it begins behind its end",
            "image",
            "image/jpeg",
            withSegment(jpeg, 0xE1, bytes("Exif\0\0MM\0*\177\377\377\377")),
            "ok"),
        arguments(
            "JPEG, EXIF of it is cut off",
            "image",
            "image/jpeg",
            withSegment(jpeg, 0xE1, bytes("Exif\0\0II*\0\10\0\0\0\7\0\22\1")),
            "ok"),
        arguments("PNG of no pixels", "image", "image/png", hugePng(0, 0), "media_mismatch"),
        arguments(
            "JPEG without a picture",
            "image",
            "image/jpeg",
            new byte[] {-1, -40, -1, -39},
            "media_mismatch"),
        arguments(
            "GIF without a picture",
            "image",
            "image/gif",
            bytes("GIF89a\1\0\1\0\0\0\0;"),
            "media_mismatch"),
        arguments(
            "MP4, a box of it longer than the file",
            "video",
            "video/mp4",
            longBox(),
            "media_mismatch"),
        arguments(
            "MP4, a box of it shorter than its head",
            "video",
            "video/mp4",
            shortBox(),
            "media_mismatch"),
        arguments(
            "MP4 without a movie",
            "video",
            "video/mp4",
            box("ftyp", bytes("isom\0\0\2\0isommp42")),
            "media_mismatch"),
        arguments(
            "MP3 with a tag of 256 MB",
            "audio",
            "audio/mpeg",
            joined(bytes("ID3\4\0\0\177\177\177\177"), mp3(3)),
            "media_mismatch"),
        // two files in one
        arguments("PNG and ZIP", "image", "image/png", joined(png, ZIP), "ok"),
        arguments("JPEG and ZIP", "image", "image/jpeg", joined(jpeg, ZIP), "ok"),
        arguments(
            "JPEG, a script in its comment",
            "image",
            "image/jpeg",
            withSegment(jpeg, 0xFE, SCRIPT),
            "ok"),
        arguments("GIF and script", "image", "image/gif", joined(gif, SCRIPT), "ok"),
        arguments(
            "PNG, a script in its text",
            "image",
            "image/png",
            withChunk(png, "tEXt", SCRIPT),
            "ok"),
        arguments(
            "PNG, a chunk nobody knows",
            "image",
            "image/png",
            withChunk(png, "scRp", SCRIPT),
            "ok"));
  }

  @ParameterizedTest(name = "{0}: {4}")
  @MethodSource("files")
  @Timeout(20) // none takes a second
  void areRefusedOrHarmless(
      String name, String kind, String contentType, byte[] content, String answer) {
    String mediaId = media.upload(ANN, kind, contentType, content);
    assertThat(media.verdict(ANN, "media.complete", Map.of("mediaId", mediaId))).isEqualTo(answer);
    if (!answer.equals("ok")) {
      assertThat(media.verdict(ANN, "media.url", Map.of("mediaId", mediaId)))
          .isEqualTo("not_found");
      return;
    }
    var got = media.download(ANN, mediaId);
    if (kind.equals("file")) {
      assertThat(got.headers().firstValue("Content-Disposition").orElse(""))
          .startsWith("attachment");
    } else {
      assertThat(got.headers().firstValue("Content-Type")).contains(contentType);
      assertThat(new String(got.body(), StandardCharsets.ISO_8859_1))
          .doesNotContain("script", "PK\3\4");
      assertThat(got.body()).hasSizeLessThan(10_000);
    }
  }

  @Test
  void areAllInTheDocument() throws IOException {
    List<String> rows =
        files()
            .map(Arguments::get)
            .map(
                file ->
                    "| %s | %s`%s` | `%s` |"
                        .formatted(
                            file[0], file[1].equals("file") ? "`file` of " : "", file[2], file[4]))
            .toList();
    assertThat(Files.readAllLines(Path.of("../docs/media.md")))
        .filteredOn(line -> line.startsWith("| ") && line.endsWith("` |"))
        .containsExactlyElementsOf(rows);
  }

  private static byte[] svg() {
    return bytes("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
  }

  private static byte[] matroska() {
    byte[] webm = webm(100);
    int at = new String(webm, StandardCharsets.ISO_8859_1).indexOf("webm");
    System.arraycopy(bytes("matr"), 0, webm, at, 4);
    return webm;
  }

  private static byte[] quickTime() {
    byte[] movie = mp4(640, 480, 2_000);
    System.arraycopy(bytes("qt  "), 0, movie, 8, 4);
    return movie;
  }

  private static byte[] hugeGif(byte[] gif) {
    byte[] huge = gif.clone();
    int at = 13 + (3 << ((gif[10] & 7) + 1)); // past the colours
    while (huge[at] != 0x2C) { // over an extension
      at += 3 + huge[at + 2] + 1;
    }
    Arrays.fill(huge, at + 5, at + 9, (byte) 0xFF);
    Arrays.fill(huge, 6, 10, (byte) 0xFF);
    return huge;
  }

  private static byte[] hugeScreen(byte[] gif) {
    byte[] huge = gif.clone();
    Arrays.fill(huge, 6, 10, (byte) 0xFF);
    return huge;
  }

  private static byte[] withProfiles(byte[] png, int count) {
    byte[] profile = joined(bytes("name\0\0"), deflated(new byte[4_000_000]));
    byte[] with = png;
    for (int i = 0; i < count; i++) {
      with = withChunk(with, "iCCP", profile);
    }
    return with;
  }

  /// The last scan again and again, which decoders put up with.
  private static byte[] scans(int count) {
    byte[] jpeg = progressiveJpeg(40, 30);
    int at = new String(jpeg, StandardCharsets.ISO_8859_1).lastIndexOf("\u00ff\u00da");
    var out = new ByteArrayOutputStream();
    out.write(jpeg, 0, at);
    for (int i = 0; i < count; i++) {
      out.write(jpeg, at, jpeg.length - 2 - at);
    }
    out.writeBytes(new byte[] {-1, -39});
    return out.toByteArray();
  }

  private static byte[] hugeJpeg(byte[] jpeg) {
    byte[] huge = jpeg.clone();
    int at = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
    Arrays.fill(huge, at + 5, at + 9, (byte) 0xF0);
    return huge;
  }

  private static byte[] bomb(String name) {
    return joined(bytes(name), deflated(new byte[64 << 20]));
  }

  private static byte[] longBox() {
    byte[] mp4 = mp4(640, 480, 2_000);
    int at = new String(mp4, StandardCharsets.ISO_8859_1).indexOf("mvhd");
    mp4[at - 4] = 0x7F;
    return mp4;
  }

  private static byte[] shortBox() {
    byte[] mp4 = mp4(640, 480, 2_000);
    int at = new String(mp4, StandardCharsets.ISO_8859_1).indexOf("mvhd");
    mp4[at - 1] = 4;
    return mp4;
  }

  private static byte[] half(byte[] content) {
    return Arrays.copyOf(content, content.length / 2);
  }

  private static byte[] flipped(byte[] content, int at) {
    byte[] other = content.clone();
    other[at] ^= 1;
    return other;
  }
}
