package org.scaledimaging.fuzzing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.Crc32c;
import org.scaledimaging.engine.compress.Gzip;
import org.scaledimaging.engine.compress.Zlib;
import org.scaledimaging.engine.compress.Zstd;
import org.scaledimaging.engine.compress.blosc.Blosc;
import org.scaledimaging.engine.compress.lz4.Lz4;
import org.scaledimaging.engine.zarr.codec.ChunkCodec;
import org.scaledimaging.engine.zarr.codec.StoredType;

/**
 * Encoded chunks. The first byte of an input chooses among the codecs. Where the JDK can decode as well, or a checksum
 * tells, what comes out has to be that.
 */
final class ChunkTarget implements FuzzTarget {
    private static final List<Integer> SHAPE = List.of(4, 5, 6);

    private final List<List<Codec>> chains = List.of(
            List.of(),
            List.of(new Gzip(5)),
            List.of(new Zlib(5)),
            List.of(new Crc32c()),
            List.of(new Lz4()),
            List.of(new Zstd(3, false)),
            List.of(new Zstd(3, true)),
            List.of(new Blosc("lz4", 5, Blosc.Filter.SHUFFLE, 2, 0)),
            List.of(new Blosc("zstd", 5, Blosc.Filter.NOSHUFFLE, 2, 0)),
            List.of(new Gzip(1), new Crc32c()),
            List.of(new Zstd(1, false), new Crc32c()));

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (int chain = 0; chain < chains.size(); chain++) {
            int number = chain;
            codec(chain).encode(voxels(), encoded -> {
                byte[] seed = new byte[1 + encoded.remaining()];
                seed[0] = (byte) number;
                encoded.duplicate().get(seed, 1, seed.length - 1);
                seeds.add(seed);
            });
        }
        return seeds;
    }

    private static short[] voxels() {
        short[] voxels = new short[120];
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = (short) (i / 3 * 257);
        }
        return voxels;
    }

    private ChunkCodec codec(int chain) {
        return new ChunkCodec(
                StoredType.of(PixelType.UINT16),
                SHAPE,
                AxisOrder.unchanged(3),
                ByteOrder.LITTLE_ENDIAN,
                chains.get(chain));
    }

    @Override
    public void run(byte[] input) throws Throwable {
        if (input.length == 0) {
            return;
        }
        int chain = Byte.toUnsignedInt(input[0]) % chains.size();
        byte[] encoded = Arrays.copyOfRange(input, 1, input.length);
        byte[] kept = encoded.clone();
        short[] voxels = new short[120];
        try {
            codec(chain).decode(ByteBuffer.wrap(encoded), voxels);
        } catch (CorruptDataException e) {
            if (e.found().isBlank() || e.expected().isBlank()) {
                throw new AssertionError("a refusal that does not say what was found or expected");
            }
            return;
        }
        if (!Arrays.equals(kept, encoded)) {
            throw new AssertionError("decoding changed what was stored");
        }
        compare(chains.get(chain), encoded, voxels);
    }

    private static void compare(List<Codec> chain, byte[] encoded, short[] voxels) throws IOException {
        byte[] expected = encoded;
        for (int i = chain.size() - 1; i >= 0; i--) {
            Codec codec = chain.get(i);
            if (codec instanceof Gzip) {
                expected = whole(new GZIPInputStream(new ByteArrayInputStream(expected)));
            } else if (codec instanceof Zlib) {
                expected = whole(new InflaterInputStream(new ByteArrayInputStream(expected)));
            } else if (codec instanceof Crc32c) {
                expected = checked(expected);
            } else {
                return; // nobody else here can decode that
            }
        }
        short[] same = new short[voxels.length];
        ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(same);
        if (expected.length != 2 * same.length || !Arrays.equals(same, voxels)) {
            throw new AssertionError("other voxels than the JDK finds");
        }
    }

    private static byte[] whole(InputStream stream) throws IOException {
        try (stream) {
            return stream.readNBytes(1 << 20);
        }
    }

    private static byte[] checked(byte[] bytes) {
        int length = bytes.length - Integer.BYTES;
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        int stored = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(length);
        if (stored != (int) checksum.getValue()) {
            throw new AssertionError("a wrong checksum was not noticed");
        }
        return Arrays.copyOf(bytes, length);
    }
}
