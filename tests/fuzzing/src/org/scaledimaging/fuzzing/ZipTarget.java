package org.scaledimaging.fuzzing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;

/** OME-Zarr in zip files, as we write them and as the JDK does, compressed. */
final class ZipTarget implements FuzzTarget {
    private final Path file;

    ZipTarget() throws IOException {
        this.file = Files.createTempDirectory("fuzzing").resolve("image.ome.zarr.zip");
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        ImageMetadata metadata =
                ImageMetadata.of("fuzzing", PixelType.UINT8, Dimension.of(Axis.Y, 6), Dimension.of(Axis.X, 7));
        List<byte[]> seeds = new ArrayList<>();
        for (String version : List.of("0.4", "0.5")) {
            OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults()
                    .withVersion(version)
                    .withLevels(1)
                    .withOverwrite(true);
            try (Image made = Image.of(new Pattern(metadata))) {
                made.saveOmeZarr(file, options, Execution.standard());
            }
            byte[] stored = Files.readAllBytes(file);
            seeds.add(stored);
            seeds.add(deflated(stored));
        }
        return seeds;
    }

    private static byte[] deflated(byte[] stored) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(stored));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                in.transferTo(out);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public void run(byte[] input) throws Throwable {
        Files.write(file, input);
        Refusal.accepts(() -> ImageReading.read(file));
    }
}
