package org.scaledimaging.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.TiffWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;

/** Images of one shape, told apart by a number that every voxel's value goes by. */
public final class Versions {
    static final int Z = 48;
    static final int Y = 40;
    static final int X = 56;
    private static final int CHUNK = 16;

    private Versions() {}

    /** Small, in small chunks. */
    static Image image(int version) {
        return image(version, CHUNK, Z, Y, X);
    }

    public static Image image(int version, int chunk, int z, int y, int x) {
        ImageMetadata metadata = ImageMetadata.of(
                "version", PixelType.UINT16, Dimension.of(Axis.Z, z), Dimension.of(Axis.Y, y), Dimension.of(Axis.X, x));
        return Image.of(new Source(metadata, chunk, version));
    }

    /** What all of a saved image's voxels say, or −1 where they do not agree with one version. */
    static int versionOf(Path saved, int... candidates) throws IOException {
        try (Image image = Image.open(saved)) {
            short[] voxels = voxels(image);
            for (int candidate : candidates) {
                if (Arrays.equals(voxels, voxels(image(candidate)))) {
                    return candidate;
                }
            }
            return -1;
        }
    }

    static short[] bits(Path saved) throws IOException {
        try (Image image = Image.open(saved)) {
            return voxels(image);
        }
    }

    static short[] voxels(Image image) throws IOException {
        return (short[]) image.source().read(image.metadata().interval()).voxels();
    }

    /** Saves in one of several layouts, in place of what is there. */
    static void save(Image image, String layout, Path target, Execution execution)
            throws IOException, ParameterException {
        OmeZarrWriteOptions options =
                OmeZarrWriteOptions.defaults().withChunks(CHUNK).withOverwrite(true);
        switch (layout) {
            case "ome-zarr" -> image.saveOmeZarr(target, options, execution);
            case "ome-zarr-shards" -> image.saveOmeZarr(target, options.withShards(2 * CHUNK), execution);
            case "ome.tif" -> image.saveTiff(target, TiffWriteOptions.defaults().withOverwrite(true), execution);
            default -> image.saveNifti(target, NiftiWriteOptions.defaults().withOverwrite(true), execution);
        }
    }

    static String name(String layout) {
        return layout.startsWith("ome-zarr") ? "image.ome.zarr" : "image." + layout;
    }

    /** Names in a folder, sorted. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private record Source(ImageMetadata metadata, int chunk, int version) implements ImageSource {
        @Override
        public int[] chunkShape() {
            return new int[] {chunk, chunk, chunk};
        }

        @Override
        public void read(Block target) {
            Interval interval = target.interval();
            short[] values = (short[]) target.voxels();
            long[] size = interval.shape();
            int i = 0;
            for (long z = 0; z < size[0]; z++) {
                for (long y = 0; y < size[1]; y++) {
                    long row = ((interval.min(0) + z) * 131 + interval.min(1) + y) * 137 + version * 7919L;
                    for (long x = 0; x < size[2]; x++) {
                        values[i++] = (short) (((row + interval.min(2) + x) * 0x9E3779B97F4A7C15L) >>> 52);
                    }
                }
            }
        }
    }
}
