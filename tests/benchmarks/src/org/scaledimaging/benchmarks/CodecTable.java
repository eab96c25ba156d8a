package org.scaledimaging.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.blosc.Blosc;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.zarr.codec.ChunkCodec;
import org.scaledimaging.engine.zarr.codec.StoredType;
import org.scaledimaging.plugins.gaussian.GaussianBiasFieldCorrection;
import org.scaledimaging.plugins.n4.N4BiasFieldCorrection;

/**
 * Measures compressions on corrected images, chunk by chunk: the size as a part of what voxels take, and nanoseconds of
 * processor time for each voxel, written and read, of one warm thread (the median of several rounds). Of the bit
 * shuffle, which is not written, the size alone.
 *
 * <p>Arguments: rounds, docs/sample/biased.nii.gz, further images.
 */
public final class CodecTable {
    private static final int CHUNK = 64;
    private static final int LIGHT_SHEET = 192;
    private static final List<String> CODECS = List.of(
            "zstd",
            "zstd:1",
            "blosc-zstd",
            "blosc-zstd:3",
            "blosc-zstd:5",
            "blosc-lz4",
            "blosc-lz4:9",
            "gzip:1",
            "none");
    private static final List<String> ROUNDED = List.of("zstd", "blosc-zstd", "blosc-lz4");
    private static final int KEEP_BITS = 10;

    private CodecTable() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        try (Image brain = Image.open(Path.of(arguments[1]))) {
            table("head, T1-weighted, corrected by n4", corrected(brain, new N4BiasFieldCorrection(Map.of())), rounds);
            table("the same before, " + brain.metadata().pixelType().label(), brain, rounds);
        }
        for (String other : Arrays.asList(arguments).subList(2, arguments.length)) {
            if (Files.exists(Path.of(other))) {
                try (Image image = Image.open(Path.of(other))) {
                    table(Path.of(other).getFileName() + ", corrected by gaussian", gaussian(image), rounds);
                }
            }
        }
        Image light = Image.of(new LightSheet(LIGHT_SHEET));
        table("made light sheet, corrected by gaussian", gaussian(light), rounds);
        table("the same before, uint16", light, rounds);
    }

    private static Image gaussian(Image image) throws Exception {
        return corrected(image, new GaussianBiasFieldCorrection(5));
    }

    private static Image corrected(Image image, ScaledProcessingPlugin plugin) throws Exception {
        return image.applyScaledProcessing(plugin, ScaledProcessingOptions.defaults());
    }

    private static void table(String title, Image image, int rounds) throws Exception {
        Block whole = image.source().read(image.metadata().interval());
        Map<String, Compression> compressions = new LinkedHashMap<>();
        for (String codec : CODECS) {
            compressions.put("`" + codec + "`", Compression.parse(codec, "0.5"));
        }
        if (!whole.pixelType().isInteger()) {
            for (String codec : ROUNDED) {
                compressions.put(
                        "`" + codec + "`, `--keep-bits " + KEEP_BITS + "`",
                        Compression.parse(codec, "0.5").withKeepBits(Optional.of(KEEP_BITS)));
            }
        }
        Map<String, Cost> costs = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) { // by turns; the first warms up
            for (Map.Entry<String, Compression> each : compressions.entrySet()) {
                Cost cost = costs.computeIfAbsent(each.getKey(), key -> new Cost());
                measure(chunks(whole, each.getValue()), each.getValue(), round >= 0 ? cost : new Cost());
            }
        }
        System.out.println("| " + title + " | size | written, ns | read, ns |\n|---|---|---|---|");
        List<Block> all = chunks(whole, Compression.standard());
        double voxels = (double) all.size() * all.get(0).interval().voxels();
        double bytes = voxels * whole.pixelType().bytes();
        costs.forEach((name, cost) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.3f | %.1f | %.1f |%n",
                name,
                cost.size / bytes,
                median(cost.writing) / voxels,
                median(cost.reading) / voxels));
        for (Map.Entry<String, Integer> bits : Map.of("zstd", 1, "lz4", 5).entrySet()) {
            int type = whole.pixelType().bytes();
            Blosc plain = new Blosc(bits.getKey(), bits.getValue(), Blosc.Filter.NOSHUFFLE, type, 0);
            long size = 0;
            for (Block chunk : all) {
                size += plain.encode(bitShuffled(bytes(chunk), type)).remaining();
            }
            System.out.printf(Locale.ROOT, "| blosc's %s, bit shuffle | %.3f | | |%n", bits.getKey(), size / bytes);
        }
        System.out.println();
    }

    /** What was measured of one compression. */
    private static final class Cost {
        private final List<Double> writing = new ArrayList<>();
        private final List<Double> reading = new ArrayList<>();
        private long size;
    }

    /** The chunks of 64 voxels along each axis that lie whole in an image, with what it loses. */
    private static List<Block> chunks(Block whole, Compression compression) {
        long[] shape = whole.interval().shape();
        for (int d = 0; d < shape.length; d++) {
            shape[d] = d < shape.length - 3 ? 1 : Math.min(CHUNK, shape[d]);
        }
        Grid grid = Grid.of(whole.interval(), shape);
        List<Block> chunks = new ArrayList<>();
        for (long number = 0; number < grid.count(); number++) {
            if (!whole.interval().contains(grid.whole(grid.cell(number)))) {
                continue;
            }
            Block chunk = Block.allocate(whole.pixelType(), grid.whole(grid.cell(number)));
            chunk.copyFrom(whole);
            compression.rounding().ifPresent(lossy -> lossy.round(chunk));
            chunks.add(chunk);
        }
        return chunks;
    }

    private static ChunkCodec codec(Block chunk, List<Codec> codecs) {
        return new ChunkCodec(
                StoredType.of(chunk.pixelType()),
                List.of(chunk.interval().voxels()),
                AxisOrder.unchanged(1),
                ByteOrder.LITTLE_ENDIAN,
                codecs);
    }

    private static void measure(List<Block> chunks, Compression compression, Cost cost) throws Exception {
        PixelType type = chunks.get(0).pixelType();
        ChunkCodec codec = codec(chunks.get(0), compression.codec(type).stream().toList());
        List<ByteBuffer> encoded = new ArrayList<>();
        double start = cpu();
        for (Block chunk : chunks) {
            codec.encode(
                    chunk.voxels(),
                    bytes -> encoded.add(
                            ByteBuffer.allocate(bytes.remaining()).put(bytes).flip()));
        }
        double between = cpu();
        Object decoded = type.allocate(codec.voxels());
        for (ByteBuffer bytes : encoded) {
            codec.decode(bytes.duplicate(), decoded);
        }
        cost.writing.add(between - start);
        cost.reading.add(cpu() - between);
        cost.size = encoded.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    /** Nanoseconds of this thread, the only one that works. */
    private static double cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static byte[] bytes(Block chunk) throws Exception {
        byte[] bytes = new byte[chunk.interval().voxels() * chunk.pixelType().bytes()];
        codec(chunk, List.of()).encode(chunk.voxels(), plain -> plain.get(bytes));
        return bytes;
    }

    /** Plane after plane of bits of the values in each block of 256 KiB, which blosc has by itself. */
    private static ByteBuffer bitShuffled(byte[] plain, int typeSize) {
        byte[] shuffled = new byte[plain.length];
        int block = 1 << 18;
        for (int from = 0; from < plain.length; from += block) {
            int size = Math.min(block, plain.length - from);
            int elements = size / typeSize;
            for (int i = 0; i < elements; i++) {
                for (int bit = 0; bit < 8 * typeSize; bit++) {
                    int value = plain[from + i * typeSize + bit / 8] >>> bit % 8 & 1;
                    shuffled[from + bit * (elements / 8) + i / 8] |= (byte) (value << i % 8);
                }
            }
        }
        return ByteBuffer.wrap(shuffled);
    }
}
