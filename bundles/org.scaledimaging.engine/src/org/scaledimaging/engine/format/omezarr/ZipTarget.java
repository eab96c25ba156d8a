package org.scaledimaging.engine.format.omezarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.engine.zarr.store.Json;
import org.scaledimaging.engine.zarr.store.Keys;
import org.scaledimaging.engine.zip.ZipPacking;

/**
 * An OME-Zarr that is to be a zip file: written as a folder beside it, then packed, as RFC-9 of OME-NGFF wants it.
 *
 * @param target whose name ends with {@code .zip} or {@code .ozx}
 * @param place where it is written
 */
record ZipTarget(Path target, FolderWorkplace place, OmeZarrWriteOptions options) {
    private static final String SINGLE_FILE = ".ozx";

    /** How much of the time goes into writing the folder. */
    private static final double WRITING = 0.9;

    /** Writes the OME-Zarr as a folder. */
    @FunctionalInterface
    interface Content {
        void write(Workplace folder, Execution execution) throws IOException, ParameterException;
    }

    /** Whether a name tells that a zip file is wanted. */
    static boolean isMeant(String target) {
        String name = target.toLowerCase(Locale.ROOT);
        return name.endsWith(".zip") || name.endsWith(SINGLE_FILE);
    }

    /** @throws ParameterException when the version does not go with the target's name */
    static void check(String target, OmeZarrWriteOptions options) throws ParameterException {
        if (target.toLowerCase(Locale.ROOT).endsWith(SINGLE_FILE)
                && options.version().equals("0.4")) {
            throw new ParameterException(
                    Setting.OME_ZARR_VERSION,
                    options.version(),
                    "0.5 in an .ozx file, or a name that ends with .ome.zarr.zip");
        }
    }

    /** Writes a folder, or packs one where the target's name says so. */
    static void write(
            ImageLocation target, Workplace place, OmeZarrWriteOptions options, Execution execution, Content content)
            throws IOException, ParameterException {
        if (isMeant(target.name()) && place instanceof FolderWorkplace folder) {
            new ZipTarget(target.path().orElseThrow(), folder, options).write(execution, content);
        } else {
            content.write(place, execution);
        }
    }

    private void write(Execution execution, Content content) throws IOException, ParameterException {
        Progress progress = execution.progress();
        Path beside = target.toAbsolutePath().normalize();
        beside = beside.resolveSibling(beside.getFileName() + ".folder");
        // Never committed: so it is deleted in any case, and its name is one that is known for what may be left behind.
        try (AtomicTarget parts = AtomicTarget.create(beside, true, options.sources())) {
            content.write(place.in(parts.working()), execution.part(0, WRITING));
            Path zip = place.target().working();
            ZipPacking.pack(parts.working(), metadata(parts.working()), zip, comment(), progress.part(WRITING, 1));
        }
    }

    /** The metadata files: the group's, then those of the groups and arrays in it. */
    private static List<String> metadata(Path folder) throws IOException {
        List<String> keys = new ArrayList<>();
        addMetadata(folder, "", keys);
        return keys;
    }

    private static void addMetadata(Path folder, String path, List<String> keys) throws IOException {
        int before = keys.size();
        for (String name : Keys.METADATA_FILES) {
            if (Files.exists(folder.resolve(name))) {
                keys.add(Json.key(path, name));
            }
        }
        if (keys.size() == before) {
            return; // chunks
        }
        List<String> inside;
        try (Stream<Path> files = Files.list(folder)) {
            inside = files.filter(Files::isDirectory)
                    .map(file -> file.getFileName().toString())
                    .sorted(ZipPacking.NATURAL)
                    .toList();
        }
        for (String name : inside) {
            addMetadata(folder.resolve(name), Json.key(path, name), keys);
        }
    }

    private String comment() {
        return options.version().equals("0.4")
                ? ""
                : "{\"ome\":{\"version\":\"" + options.version()
                        + "\",\"zipFile\":{\"centralDirectory\":{\"jsonFirst\":true}}}}";
    }
}
