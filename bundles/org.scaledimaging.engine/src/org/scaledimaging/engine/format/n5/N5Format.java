package org.scaledimaging.engine.format.n5;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.scaledimaging.engine.format.FormatNames;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.place.ImageLocation;

/** N5 in folders: one dataset, or one image with its levels. */
public final class N5Format implements ImageFormat {
    /** What is read. */
    public static final String READABLE = "an N5 folder (.n5)";

    private static final FormatNames NAMES = new FormatNames("N5", READABLE, List.of());

    @Override
    public FormatNames names() {
        return NAMES;
    }

    /** Attributes, or levels of which BigDataViewer writes those of datasets alone. */
    @Override
    public boolean recognises(Path location) throws IOException {
        return Stream.of("", "s0", "setup0", "setup0/timepoint0/s0")
                .anyMatch(inside -> Files.isRegularFile(location.resolve(inside).resolve(N5Dataset.FILE)));
    }

    @Override
    public ImageSource open(ImageLocation location, Instant since) throws IOException {
        return N5Reader.open(location, since);
    }

    /** The attributes of a folder and of those in it: its blocks may be too many to look at. */
    @Override
    public List<Path> files(Path location) throws IOException {
        List<Path> folders = new ArrayList<>(List.of(location));
        try (Stream<Path> inside = Files.list(location)) {
            inside.filter(Files::isDirectory).sorted().forEach(folders::add);
        }
        return folders.stream()
                .map(folder -> folder.resolve(N5Dataset.FILE))
                .filter(Files::isRegularFile)
                .toList();
    }
}
