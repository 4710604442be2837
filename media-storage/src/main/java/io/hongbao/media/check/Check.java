package io.hongbao.media.check;

import io.hongbao.common.contract.MediaLibrary.Kind;
import java.io.IOException;
import java.nio.file.Path;

/// Looks at an upload: is it what it was announced to be, how large is what it shows, how long does
/// it last. Reads the file as a stream or in small pieces, so it needs memory for a picture's
/// pixels at most.
///
/// @param contentType as announced
/// @param keepLocation whether a picture keeps what it says of itself, its place included
public record Check(Kind kind, String contentType, boolean keepLocation) {

  /// @param workspace for what is written anew
  /// @throws IOException where the disk fails
  public Finding of(Path file, Workspace workspace) throws IOException {
    try {
      if (kind == Kind.FILE) {
        return new Finding.Fit(Measures.NONE, null, null); // any kind of file, never shown
      }
      FileType.require(contentType, file);
      return switch (kind) {
        case IMAGE, AVATAR -> picture(file, workspace);
        case AUDIO -> sound(file);
        case VIDEO -> video(file);
        case FILE, THUMBNAIL -> throw new IllegalArgumentException(kind.name());
      };
    } catch (UnfitException e) {
      return new Finding.Unfit(e.refusal());
    }
  }

  private Finding picture(Path file, Workspace workspace) throws IOException {
    Path clean = workspace.file("clean");
    PictureCopy.Copied copied = PictureCopy.of(contentType, file, clean, keepLocation);
    Picture picture = Picture.decode(contentType, clean);
    Picture upright = picture.upright(copied.orientation());
    return new Finding.Fit(
        new Measures(upright.width(), upright.height(), null),
        copied.changed() ? clean : null,
        upright.thumbnail());
  }

  private Finding sound(Path file) throws IOException {
    Measures measures =
        switch (contentType) {
          case "audio/mpeg" -> Mpeg.measures(file);
          case "audio/ogg" -> Ogg.measures(file);
          case "audio/wav" -> Wav.measures(file);
          case "audio/mp4" -> Mp4.measures(file);
          case "audio/webm" -> Matroska.measures(file);
          default -> throw new IllegalArgumentException(contentType);
        };
    return new Finding.Fit(new Measures(null, null, measures.durationMs()), null, null);
  }

  private Finding video(Path file) throws IOException {
    Measures measures =
        contentType.equals("video/mp4") ? Mp4.measures(file) : Matroska.measures(file);
    return new Finding.Fit(measures, null, null);
  }
}
