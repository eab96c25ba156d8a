package org.scaledimaging.engine.format.tiff;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.place.ImageLocation;

/** TIFF and BigTIFF, ImageJ's and OME's included. It is only read. */
public final class TiffFormat implements ImageFormat {
    /** What is read. */
    public static final String READABLE = "a TIFF file (.tif, .ome.tif)";

    @Override
    public String name() {
        return "TIFF";
    }

    @Override
    public String readable() {
        return READABLE;
    }

    @Override
    public List<String> fileEndings() {
        return List.of(".tif", ".tiff", ".tf2", ".tf8", ".btf");
    }

    @Override
    public boolean recognises(Path location) throws IOException {
        return TiffImages.recognises(TiffImages.Place.of(location).file())
                || PlaneFiles.of(location).exist();
    }

    @Override
    public ImageSource open(ImageLocation location, Instant since) throws IOException {
        return new TiffReader().open(location.path().orElseThrow());
    }

    @Override
    public List<Path> files(Path location) throws IOException {
        return TiffReader.files(location);
    }

    @Override
    public List<String> series(Path location) throws IOException {
        return TiffReader.series(location);
    }
}
