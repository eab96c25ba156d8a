package org.scaledimaging.engine.format.omezarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.scaledimaging.engine.format.FormatNames;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.place.ImageState;
import org.scaledimaging.engine.zarr.store.Keys;
import org.scaledimaging.engine.zarr.store.StoredAt;

/** OME-Zarr 0.1 to 0.5 and arrays of Zarr 2 and 3, in folders and in zip files, here and on web servers. */
public final class OmeZarrFormat implements ImageFormat {
    /** What is read. */
    public static final String READABLE = "an OME-Zarr folder or zip file (.ome.zarr, .zarr, .ozx)";

    private static final FormatNames NAMES = new FormatNames(
            "OME-Zarr",
            READABLE,
            Keys.ZIP_ENDINGS,
            List.of(".ome.zarr", ".zarr", ".ome.zarr.zip", ".zarr.zip", ".ozx"));

    @Override
    public FormatNames names() {
        return NAMES;
    }

    @Override
    public boolean recognises(Path location) throws IOException {
        return hasMetadata(location)
                || (Files.isDirectory(location) ? Optional.empty() : StoredAt.zipFile(location)).isPresent();
    }

    private static boolean hasMetadata(Path folder) {
        return Keys.METADATA_FILES.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    @Override
    public ImageSource open(ImageLocation location, Instant since) throws IOException {
        return OmeZarrReader.open(location, since);
    }

    /** The metadata files of a folder and of those in it: its chunks may be too many to look at. */
    @Override
    public List<Path> files(Path location) throws IOException {
        if (!Files.isDirectory(location)) {
            return List.of(StoredAt.zipFile(location).orElse(location));
        }
        List<Path> folders = new ArrayList<>(List.of(location));
        try (Stream<Path> inside = Files.list(location)) {
            inside.filter(Files::isDirectory).sorted().forEach(folders::add);
        }
        return folders.stream()
                .flatMap(folder -> Keys.METADATA_FILES.stream().map(folder::resolve))
                .filter(Files::isRegularFile)
                .toList();
    }

    @Override
    public ImageState state(ImageLocation location) throws IOException {
        return location.path().isEmpty() ? OmeZarrReader.metadataFiles(location) : ImageFormat.super.state(location);
    }

    @Override
    public Map<String, Object> provenance(ImageLocation location) throws IOException {
        return OmeZarrReader.provenance(location);
    }
}
