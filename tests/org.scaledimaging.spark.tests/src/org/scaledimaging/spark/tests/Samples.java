package org.scaledimaging.spark.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** Images to work on, and what is left after it. */
final class Samples {
    private Samples() {}

    /** An image with structure, noise, and room where it is 0. */
    private record Scene(PixelType type, long[] shape) implements ImageSource {

        @Override
        public ImageMetadata metadata() {
            Axis[] axes = {Axis.T, Axis.C, Axis.Z, Axis.Y, Axis.X};
            List<Dimension> dimensions = new ArrayList<>();
            for (int d = 0; d < shape.length; d++) {
                Axis axis = axes[axes.length - shape.length + d];
                dimensions.add(
                        axis.isSpatial()
                                ? new Dimension(axis, shape[d], 0.5 + d, "micrometer", 0)
                                : Dimension.of(axis, shape[d]));
            }
            return ImageMetadata.of("scene", type, dimensions.toArray(Dimension[]::new));
        }

        @Override
        public int[] chunkShape() {
            int[] chunk = new int[shape.length];
            for (int d = 0; d < chunk.length; d++) {
                chunk[d] = d < shape.length - 3 ? 1 : 16;
            }
            return chunk;
        }

        @Override
        public void read(Block target) {
            Interval interval = target.interval();
            double[] values = new double[interval.voxels()];
            long[] at = interval.mins();
            for (int i = 0; i < values.length; i++) {
                values[i] = value(at);
                for (int d = at.length - 1; d >= 0 && ++at[d] == interval.max(d); d--) {
                    at[d] = interval.min(d);
                }
            }
            target.copyFrom(new Block(PixelType.FLOAT64, interval, values));
        }

        private static double value(long[] at) {
            long mixed = 17;
            double wave = 1;
            for (long x : at) {
                mixed = (mixed * 0x9E3779B97F4A7C15L + x) ^ (mixed >>> 29);
                wave += Math.sin(0.11 * x + 1);
            }
            return Math.max(0, 40 * wave + (mixed >>> 40) % 17);
        }
    }

    /** Writes an image and says where. */
    static String image(Path folder, String name, PixelType type, long... shape) throws Exception {
        Path path = folder.resolve(name + ".ome.zarr");
        if (!Files.exists(path)) {
            try (Image image = Image.of(new Scene(PixelType.FLOAT64, shape)).convert(type)) {
                image.saveOmeZarr(
                        path,
                        OmeZarrWriteOptions.defaults().withLevels(1).withChunks(16),
                        org.scaledimaging.engine.execute.Execution.standard());
            }
        }
        return path.toString();
    }

    /** The files below a folder, relative to it. */
    static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** The names in a folder. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The first file in which two folders differ; none if they are equal to the bit. */
    static String difference(Path a, Path b) throws IOException {
        if (!files(a).equals(files(b))) {
            List<String> onlyA = new ArrayList<>(files(a));
            List<String> onlyB = new ArrayList<>(files(b));
            onlyA.removeAll(files(b));
            onlyB.removeAll(files(a));
            return "only in " + a + ": " + onlyA + ", only in " + b + ": " + onlyB;
        }
        for (String file : files(a)) {
            if (Files.mismatch(a.resolve(file), b.resolve(file)) >= 0) {
                return file;
            }
        }
        return "none";
    }
}
