package org.scaledimaging.engine.format.omezarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Fixtures;
import org.scaledimaging.engine.zarr.ZarrArray;
import org.scaledimaging.engine.zarr.store.FileStore;

/** Arrays that other programs wrote, as the scripts beside them say: voxel i is i / 3 % 1009. */
public final class ZarrFixtures {
    private ZarrFixtures() {}

    /** The folder of all of them. */
    static Path folder() {
        return Fixtures.folder("zarr");
    }

    static List<String> names(String group) throws IOException {
        try (Stream<Path> arrays = Files.list(folder().resolve(group))) {
            return arrays.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    static ZarrArray open(String group, String name) throws IOException {
        return ZarrArray.open(new FileStore(folder().resolve(group)), name);
    }

    /** All voxels of an array, chunk by chunk, as doubles. */
    static double[] readAll(ZarrArray array) throws IOException {
        Block all = Block.allocate(array.pixelType(), Interval.ofShape(array.shape()));
        int[] chunkShape = array.chunkShape();
        forEachChunk(array, chunk -> {
            long[] min = chunk.clone();
            long[] size = chunk.clone();
            for (int d = 0; d < min.length; d++) {
                min[d] *= chunkShape[d];
                size[d] = chunkShape[d];
            }
            Block block = Block.allocate(array.pixelType(), Interval.at(min, size));
            array.readChunk(chunk, block.voxels());
            all.copyFrom(block);
        });
        return (double[]) all.convert(PixelType.FLOAT64).voxels();
    }

    /** Gets the position of a chunk. */
    @FunctionalInterface
    public interface ChunkVisitor {
        void visit(long[] chunk) throws IOException;
    }

    public static void forEachChunk(ZarrArray array, ChunkVisitor visitor) throws IOException {
        for (long[] chunk : array.chunks().inOrder()) {
            visitor.visit(chunk);
        }
    }

    /** What an array of that shape and type holds. */
    static double[] expected(PixelType type, long[] shape) {
        double[] values = new double[Interval.ofShape(shape).voxels()];
        for (int i = 0; i < values.length; i++) {
            int value = i / 3 % 1009;
            values[i] = switch (type) {
                case INT8 -> (byte) value;
                case UINT8 -> value & 0xff;
                default -> value;
            };
        }
        return values;
    }
}
