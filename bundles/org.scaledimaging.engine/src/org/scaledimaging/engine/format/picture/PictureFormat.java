package org.scaledimaging.engine.format.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.format.FormatNames;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.format.planes.PlaneFiles;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

/**
 * PNG, JPEG and BMP: one, or a plane in each of the files of a folder or a pattern. Of a folder with several kinds PNG
 * counts, then BMP, then JPEG; one with TIFF files is TIFF's.
 */
public final class PictureFormat implements ImageFormat {
    /** What is read. */
    public static final String READABLE = "a PNG, BMP or JPEG file (.png, .bmp, .jpg)";

    private static final FormatNames NAMES = new FormatNames("PNG", READABLE, List.of(".png", ".bmp", ".jpg", ".jpeg"));
    private static final List<PictureKind> BY_RANK = List.of(PictureKind.PNG, PictureKind.BMP, PictureKind.JPEG);

    @Override
    public FormatNames names() {
        return NAMES;
    }

    @Override
    public String nameOf(ImageLocation location) throws IOException {
        Path path = location.path().orElseThrow();
        Optional<PictureKind> single = PictureKind.of(path);
        return single.isPresent()
                ? single.get().name()
                : kind(planes(path).orElseThrow()).orElseThrow() + ", a file for each plane";
    }

    @Override
    public boolean recognises(Path location) throws IOException {
        return PictureKind.of(location).isPresent()
                || planes(location).isPresent() && kind(planes(location).get()).isPresent();
    }

    private static Optional<PictureKind> kind(PlaneFiles planes) throws IOException {
        Optional<Path> any = planes.any();
        return any.isPresent() ? PictureKind.of(any.get()) : Optional.empty();
    }

    /** Files that may be planes of a folder or a pattern. */
    private static Optional<PlaneFiles> planes(Path location) throws IOException {
        if (Files.isRegularFile(location)
                || PlaneFiles.of(location, PlaneFiles.TIFF).exist() && Files.isDirectory(location)) {
            return Optional.empty();
        }
        for (PictureKind kind : BY_RANK) {
            PlaneFiles planes = PlaneFiles.of(location, kind.endings());
            if (planes.exist()) {
                return Optional.of(planes);
            }
        }
        return Optional.empty();
    }

    @Override
    public ImageSource open(ImageLocation location, Instant since) throws IOException {
        Path path = location.path().orElseThrow();
        String name = path.getFileName().toString().replaceFirst("(?i)\\.(png|bmp|jpe?g)$", "");
        if (Files.isRegularFile(path)) {
            return PictureSource.of(path, new PlaneFiles.Found(new Path[][][] {{{path}}}, List.of(), ""), name);
        }
        PlaneFiles planes =
                planes(path).orElseThrow(() -> new ImageFormatException(path, "no such file or folder", READABLE));
        return PictureSource.of(path, planes.found(), name);
    }

    @Override
    public List<Path> files(Path location) throws IOException {
        Optional<PlaneFiles> planes = planes(location);
        return planes.isPresent() ? planes.get().files() : List.of(location);
    }
}
