package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** The progress of a pyramid never goes back, and counts what there is to do, not levels. */
class ProgressTest {
    @TempDir
    private Path folder;

    private record Told(double fraction, String message) {}

    /** 64 voxels along each axis. */
    private record Zeros(ImageMetadata metadata) implements ImageSource {
        @Override
        public int[] chunkShape() {
            return new int[] {16, 16, 16};
        }

        @Override
        public void read(Block target) {
            // zeros
        }
    }

    @Test
    void itNeverGoesBackAndEachChunkCountsTheSame() throws Exception {
        List<Dimension> dimensions = new ArrayList<>();
        for (Axis axis : List.of(Axis.Z, Axis.Y, Axis.X)) {
            dimensions.add(new Dimension(axis, 64, 1, "millimeter", 0));
        }
        List<Told> told = Collections.synchronizedList(new ArrayList<>());
        Progress progress = new Progress() {
            @Override
            public void report(double fraction, String message) {
                told.add(new Told(fraction, message));
                Thread.onSpinWait();
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        };
        OmeZarrWriteOptions options =
                OmeZarrWriteOptions.defaults().withChunks(16).withVerify(true).withLevels(3);
        try (Image image = Image.of(new Zeros(new ImageMetadata(
                "zeros", PixelType.UINT8, dimensions, Optional.empty(), List.of(), Optional.empty())))) {
            image.saveOmeZarr(
                    folder.resolve("zeros.ome.zarr"),
                    options,
                    Execution.standard().withProgress(progress));
        }
        for (int i = 1; i < told.size(); i++) {
            assertTrue(told.get(i).fraction >= told.get(i - 1).fraction, told::toString);
        }
        assertEquals(1, told.get(told.size() - 1).fraction);
        // 64 chunks, then 8, then 1: the first level is not a third of the work
        double begin = told.stream()
                .filter(each -> !each.message.equals("verifying"))
                .mapToDouble(Told::fraction)
                .max()
                .orElseThrow();
        double chunk = (1 - begin) / 73;
        for (Told each : told) {
            double chunks = (each.fraction - begin) / chunk;
            if (each.message.equals("verifying")) {
                assertEquals(Math.rint(chunks), chunks, 1e-6, told::toString);
            }
        }
    }
}
