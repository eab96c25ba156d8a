package org.scaledimaging.fuzzing;

import io.airlift.compress.bzip2.BZip2HadoopStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.compress.Gzip;
import org.scaledimaging.engine.compress.Zstd;
import org.scaledimaging.engine.compress.blosc.Blosc;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** A dataset of N5: its attributes, and the one block of it. */
final class N5Target implements FuzzTarget {
    private final Path folder;

    N5Target() throws IOException {
        this.folder = Files.createTempDirectory("fuzzing").resolve("image.n5");
        Files.createDirectories(folder.resolve("0/0"));
    }

    @Override
    public List<byte[]> seeds() {
        byte[] voxels = new byte[48];
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = (byte) (i / 3);
        }
        ByteBuffer plain = ByteBuffer.wrap(voxels);
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(seed("raw", 0, plain));
        seeds.add(seed("raw", 1, plain));
        seeds.add(seed("gzip", 0, new Gzip(1).encode(plain)));
        seeds.add(seed("zstd", 0, new Zstd(1, false).encode(plain)));
        seeds.add(seed("blosc", 0, new Blosc("lz4", 5, Blosc.Filter.SHUFFLE, 2, 0).encode(plain)));
        seeds.add(seed("xz", 0, compressed(out -> new XZOutputStream(out, new LZMA2Options(0)), voxels)));
        seeds.add(seed("bzip2", 0, compressed(new BZip2HadoopStreams()::createOutputStream, voxels)));
        ByteBuffer stored = ByteBuffer.allocate(90).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = "LZ4Block".getBytes(StandardCharsets.US_ASCII);
        stored.put(magic).put((byte) 0x16).putInt(48).putInt(48).putInt(0).put(voxels);
        stored.put(magic).put((byte) 0x16).putInt(0).putInt(0).putInt(0);
        seeds.add(seed("lz4", 0, stored.flip()));
        return seeds;
    }

    private interface Opening {
        OutputStream open(OutputStream out) throws IOException;
    }

    private static ByteBuffer compressed(Opening opening, byte[] voxels) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = opening.open(bytes)) {
            out.write(voxels);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static byte[] seed(String compression, int mode, ByteBuffer content) {
        ByteBuffer block = ByteBuffer.allocate(20 + content.remaining());
        block.putShort((short) mode).putShort((short) 3).putInt(4).putInt(3).putInt(2);
        if (mode == 1) {
            block.putInt(24);
        }
        block.put(content).flip();
        byte[] bytes = new byte[block.remaining()];
        block.get(bytes);
        String attributes = "{\"dimensions\":[4,3,2],\"blockSize\":[4,3,2],\"dataType\":\"uint16\",\"compression\":"
                + "{\"type\":\"" + compression + "\"},\"pixelResolution\":{\"dimensions\":[1,2,3],\"unit\":\"um\"}}";
        return Pieces.join(attributes.getBytes(StandardCharsets.UTF_8), bytes);
    }

    @Override
    public void run(byte[] input) throws Throwable {
        List<byte[]> files = Pieces.split(input, 2);
        Files.write(folder.resolve("attributes.json"), files.get(0));
        Files.write(folder.resolve("0/0/0"), files.get(1));
        Refusal.accepts(() -> ImageReading.read(folder));
    }
}
