package org.scaledimaging.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.WorldFrame;

/** Small images to work on, whose voxels are told by their place. */
public final class Samples {
    private Samples() {}

    /** A uint16 volume, 20 x 24 x 28, voxels of 3 x 2 x 1 mm, as NIfTI. */
    public static Path nifti(Path folder) throws Exception {
        Path file = folder.resolve("sample.nii.gz");
        volume(20, 24, 28).saveNifti(file);
        return file;
    }

    public static Path omeZarr(Path folder) throws Exception {
        Path file = folder.resolve("sample.ome.zarr");
        volume(20, 24, 28)
                .saveOmeZarr(file, OmeZarrWriteOptions.defaults().withChunks(8).withLevels(3), Execution.standard());
        return file;
    }

    public static Image volume(long z, long y, long x) {
        ImageMetadata metadata = ImageMetadata.of(
                        "sample",
                        PixelType.UINT16,
                        new Dimension(Axis.Z, z, 3, "millimeter", 0),
                        new Dimension(Axis.Y, y, 2, "millimeter", 0),
                        new Dimension(Axis.X, x, 1, "millimeter", 0))
                .withFrame(Optional.of(WorldFrame.of(Affine.of(1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0))));
        return Image.of(new ByPlace(metadata));
    }

    /** Two time points of three channels of 8 x 16 x 16 voxels. */
    public static Path fiveAxes(Path folder) throws Exception {
        ImageMetadata metadata = ImageMetadata.of(
                        "five",
                        PixelType.UINT16,
                        Dimension.of(Axis.T, 2),
                        Dimension.of(Axis.C, 3),
                        Dimension.of(Axis.Z, 8),
                        Dimension.of(Axis.Y, 16),
                        Dimension.of(Axis.X, 16))
                .withChannels(List.of("red", "green", "blue"), Optional.empty());
        Path file = folder.resolve("five.ome.zarr");
        Image.of(new ByPlace(metadata)).saveOmeZarr(file);
        return file;
    }

    /** All voxels of a written image as numbers. */
    public static double[] voxels(Path file) throws IOException {
        try (Image image = Image.open(file)) {
            return voxels(image);
        }
    }

    public static double[] voxels(Image image) throws IOException {
        Block block = image.source().read(image.metadata().interval()).convert(PixelType.FLOAT64);
        return (double[]) block.voxels();
    }

    public static ImageMetadata metadata(Path file) throws IOException {
        try (Image image = Image.open(file)) {
            return image.metadata();
        }
    }

    /** Names in a folder, sorted. */
    public static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** A voxel's value is 100 plus the sum of its coordinates, and 1000 for each channel, 10000 for each time point. */
    private record ByPlace(ImageMetadata metadata) implements ImageSource {
        @Override
        public int[] chunkShape() {
            return Arrays.stream(metadata.shape())
                    .mapToInt(length -> (int) length)
                    .toArray();
        }

        @Override
        public void read(Block target) {
            Interval interval = target.interval();
            short[] values = (short[]) target.voxels();
            int axes = interval.axes();
            for (int i = 0; i < values.length; i++) {
                long value = 100;
                long rest = i;
                for (int d = axes - 1; d >= 0; d--) {
                    long place = interval.min(d) + rest % interval.length(d);
                    rest /= interval.length(d);
                    value += switch (metadata.dimensions().get(d).axis()) {
                        case T -> 10000 * place;
                        case C -> 1000 * place;
                        default -> place;
                    };
                }
                values[i] = (short) value;
            }
        }
    }
}
