package org.scaledimaging.fuzzing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;

/** The metadata of an OME-Zarr image, of the group and of its first array, with sound chunks. */
final class ZarrMetadataTarget implements FuzzTarget {
    private final Path folder;
    private final String version;
    private final String groupFile;
    private final String arrayFile;

    private ZarrMetadataTarget(String version, String groupFile, String arrayFile) throws IOException {
        this.folder = Files.createTempDirectory("fuzzing");
        this.version = version;
        this.groupFile = groupFile;
        this.arrayFile = arrayFile;
    }

    static FuzzTarget version2() throws IOException {
        return new ZarrMetadataTarget("0.4", ".zattrs", "0/.zarray");
    }

    static FuzzTarget version3() throws IOException {
        return new ZarrMetadataTarget("0.5", "zarr.json", "0/zarr.json");
    }

    /** Images of several kinds; the last one's chunks are those that inputs go with. */
    @Override
    public List<byte[]> seeds() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        OmeZarrWriteOptions plain = OmeZarrWriteOptions.defaults()
                .withVersion(version)
                .withChunks(4)
                .withLevels(2);
        List<OmeZarrWriteOptions> kinds = new ArrayList<>(List.of(plain.withCompression(codec("none"))));
        kinds.add(plain.withCompression(codec("blosc-lz4")));
        if (version.equals("0.5")) {
            kinds.add(plain.withShards(8));
        }
        kinds.add(plain);
        for (OmeZarrWriteOptions kind : kinds) {
            Path image = folder.resolve("image.ome.zarr");
            ImageMetadata metadata = ImageMetadata.of(
                    "fuzzing",
                    PixelType.UINT8,
                    Dimension.of(Axis.C, 2),
                    new Dimension(Axis.Z, 5, 2, "micrometer", 1),
                    new Dimension(Axis.Y, 6, 1.5, "micrometer", 0),
                    new Dimension(Axis.X, 7, 1, "micrometer", 0));
            try (Image made = Image.of(new Pattern(metadata))) {
                made.saveOmeZarr(image, kind.withOverwrite(true), Execution.standard());
            }
            seeds.add(Pieces.join(
                    Files.readAllBytes(image.resolve(groupFile)), Files.readAllBytes(image.resolve(arrayFile))));
        }
        return seeds;
    }

    private Compression codec(String name) throws Exception {
        return Compression.parse(name, version);
    }

    @Override
    public void run(byte[] input) throws Throwable {
        List<byte[]> files = Pieces.split(input, 2);
        Path image = folder.resolve("image.ome.zarr");
        Files.write(image.resolve(groupFile), files.get(0));
        Files.write(image.resolve(arrayFile), files.get(1));
        Refusal.accepts(() -> ImageReading.read(image));
        try (Stream<Path> beside = Files.list(folder)) {
            if (beside.count() != 1) {
                throw new AssertionError("reading made a file beside the image");
            }
        }
    }
}
