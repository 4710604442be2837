package io.hongbao.media.check;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

/// A picture, decoded as small as a thumbnail needs it.
///
/// @param width and `height` of the whole
record Picture(int width, int height, BufferedImage small) {

  /// Of the longer side.
  static final int THUMBNAIL_PIXELS = 480;

  /// More than this nobody decodes: clients would need as much memory as an attacker likes.
  static final long PIXELS_MAX = 50_000_000;

  private static final double JPEG_QUALITY = 0.8;

  /// @throws UnfitException where it cannot be decoded, or is too large for anyone
  static Picture decode(String contentType, Path file) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(contentType);
    if (!readers.hasNext()) {
      throw new IllegalStateException("no reader for " + contentType);
    }
    ImageReader reader = readers.next();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      requireDecodable(width, height);
      ImageReadParam param = reader.getDefaultReadParam();
      int step = Math.max(1, Math.max(width, height) / (2 * THUMBNAIL_PIXELS));
      param.setSourceSubsampling(Math.min(step, width), Math.min(step, height), 0, 0);
      return new Picture(width, height, reader.read(0, param));
    } catch (UnfitException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // whatever a decoder throws at rubbish
      throw new UnfitException("it cannot be decoded");
    } finally {
      reader.dispose();
    }
  }

  /// @throws UnfitException where it has no pixels, or more than anyone decodes
  static void requireDecodable(int width, int height) throws UnfitException {
    if (width < 1 || height < 1) {
      throw new UnfitException("it has no pixels");
    }
    if ((long) width * height > PIXELS_MAX) {
      throw UnfitException.tooLarge("it has more than " + PIXELS_MAX + " pixels");
    }
  }

  /// The picture as it is to be shown.
  ///
  /// @param orientation of EXIF, 1 to 8
  Picture upright(int orientation) {
    BufferedImage turned =
        ExifFilterUtils.getFilterForOrientation(Orientation.typeOf(orientation)).apply(small);
    boolean onItsSide = orientation >= 5;
    return new Picture(onItsSide ? height : width, onItsSide ? width : height, turned);
  }

  Thumbnail thumbnail() throws IOException {
    double scale = Math.min(1.0, (double) THUMBNAIL_PIXELS / Math.max(width, height));
    int thumbnailWidth = Math.max(1, (int) Math.round(width * scale));
    int thumbnailHeight = Math.max(1, (int) Math.round(height * scale));
    boolean transparent = small.getColorModel().hasAlpha();
    var out = new ByteArrayOutputStream();
    Thumbnails.of(small)
        .forceSize(thumbnailWidth, thumbnailHeight)
        .imageType(transparent ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB)
        .outputFormat(transparent ? "png" : "jpg")
        .outputQuality(JPEG_QUALITY)
        .toOutputStream(out);
    return new Thumbnail(
        transparent ? "image/png" : "image/jpeg",
        thumbnailWidth,
        thumbnailHeight,
        out.toByteArray());
  }
}
