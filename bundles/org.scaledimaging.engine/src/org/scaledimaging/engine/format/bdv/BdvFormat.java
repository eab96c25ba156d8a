package org.scaledimaging.engine.format.bdv;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.scaledimaging.engine.format.FormatNames;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.format.SeriesPlace;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.place.ImageLocation;

/** BigDataViewer's XML with HDF5 or N5, and its HDF5 alone. It is only read. */
public final class BdvFormat implements ImageFormat {
    /** What is read. */
    public static final String READABLE = "BigDataViewer's XML (.xml)";

    private static final FormatNames NAMES = new FormatNames("BigDataViewer", READABLE, List.of(".xml"));

    @Override
    public FormatNames names() {
        return NAMES;
    }

    @Override
    public String nameOf(ImageLocation location) throws IOException {
        SeriesPlace place = SeriesPlace.of(location.path().orElseThrow());
        try (BdvFiles files = BdvFiles.open(place.file(), Instant.now())) {
            return files.data().loader().equals("bdv.n5") ? "BigDataViewer N5" : "BigDataViewer HDF5";
        }
    }

    @Override
    public boolean recognises(Path location) throws IOException {
        return BdvFiles.recognises(SeriesPlace.of(location).file());
    }

    @Override
    public ImageSource open(ImageLocation location, Instant since) throws IOException {
        SeriesPlace place = SeriesPlace.of(location.path().orElseThrow());
        BdvFiles files = BdvFiles.open(place.file(), since);
        try {
            return files.open(place.series());
        } catch (IOException | RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }

    @Override
    public List<Path> files(Path location) throws IOException {
        return BdvFiles.files(SeriesPlace.of(location).file());
    }

    @Override
    public List<String> series(Path location) throws IOException {
        SeriesPlace place = SeriesPlace.of(location);
        if (place.series().isPresent()) {
            return List.of();
        }
        try (BdvFiles files = BdvFiles.open(place.file(), Instant.now())) {
            List<String> names = List.copyOf(files.images().keySet());
            return names.size() < 2 ? List.of() : names;
        }
    }
}
