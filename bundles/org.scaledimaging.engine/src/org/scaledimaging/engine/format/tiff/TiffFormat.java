package org.scaledimaging.engine.format.tiff;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.format.FormatNames;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.format.planes.PlaneFiles;
import org.scaledimaging.engine.format.tiff.stack.NdTiffStack;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.place.ImageLocation;

/** TIFF and BigTIFF, ImageJ's and OME's included. What is written is OME-TIFF. */
public final class TiffFormat implements ImageFormat {
    /** What is read. */
    public static final String READABLE = "a TIFF file (.tif, .ome.tif)";

    private static final FormatNames NAMES = new FormatNames(
            "TIFF",
            READABLE,
            List.of(".tif", ".tiff", ".tf2", ".tf8", ".btf", TiffImages.COMPANION),
            List.of(".ome.tif", ".ome.tiff", ".tif", ".tiff"));

    @Override
    public FormatNames names() {
        return NAMES;
    }

    @Override
    public String nameOf(ImageLocation location) throws IOException {
        return TiffReader.nameOf(location.path().orElseThrow());
    }

    @Override
    public boolean recognises(Path location) throws IOException {
        Path place = TiffReader.place(location).file();
        return TiffImages.recognises(place)
                || PlaneFiles.of(location, PlaneFiles.TIFF).exist()
                || NdTiffStack.recognises(place);
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

    @Override
    public Map<String, Object> provenance(ImageLocation location) throws IOException {
        return TiffReader.provenance(location.path().orElseThrow());
    }
}
