package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.zarr.zarrjava.store.FilesystemStore;
import dev.zarr.zarrjava.v3.Array;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** Zarr-java reads what we write. */
class ZarrJavaReadsTest {
    private static final int Z = 11;
    private static final int Y = 13;
    private static final int X = 19;

    /** 16-bit numbers that differ from voxel to voxel, so that nothing can be in the wrong place unnoticed. */
    private record Ramp() implements ImageSource {

        @Override
        public ImageMetadata metadata() {
            return ImageMetadata.of(
                    "ramp", PixelType.INT16, Dimension.of(Axis.Z, Z), Dimension.of(Axis.Y, Y), Dimension.of(Axis.X, X));
        }

        @Override
        public int[] chunkShape() {
            return new int[] {8, 8, 8};
        }

        @Override
        public void read(Block target) {
            Interval interval = target.interval();
            int i = 0;
            for (long z = interval.min(0); z < interval.max(0); z++) {
                for (long y = interval.min(1); y < interval.max(1); y++) {
                    for (long x = interval.min(2); x < interval.max(2); x++) {
                        ((short[]) target.voxels())[i++] = value(z, y, x);
                    }
                }
            }
        }

        static short value(long z, long y, long x) {
            return (short) ((z * Y + y) * X + x - 1000);
        }
    }

    private static Path write(Path folder, OmeZarrWriteOptions options) throws Exception {
        Path target = folder.resolve("ramp.ome.zarr");
        Image.of(new Ramp()).saveOmeZarr(target, options.withChunks(8), Execution.standard());
        return target;
    }

    private static void check(short[] voxels) {
        short[] expected = new short[Z * Y * X];
        new Ramp().read(new Block(PixelType.INT16, Interval.ofShape(Z, Y, X), expected));
        assertArrayEquals(expected, voxels);
    }

    // zarr-java 0.0.9 cannot read zstd inside shards; the other codecs it can.
    @ParameterizedTest
    @CsvSource({
        "zstd, 0",
        "gzip, 0",
        "blosc-lz4, 0",
        "blosc-zstd, 0",
        "none, 0",
        "gzip, 16",
        "blosc-zstd, 16",
        "none, 16"
    })
    void zarrJavaReadsVersion3(String codec, int shards, @TempDir Path folder) throws Exception {
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults().withCompression(Compression.parse(codec, "0.5"));
        Path target = write(folder, shards == 0 ? options : options.withShards(shards));
        Array array = Array.open(new FilesystemStore(target).resolve("0"));
        assertArrayEquals(new long[] {Z, Y, X}, array.metadata().shape);
        check((short[]) array.read().get1DJavaArray(short.class));
    }
}
