package org.scaledimaging.fuzzing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The index of an NDTiff data set, whose one TIFF file is sound. */
final class NdTiffTarget implements FuzzTarget {
    private static final String NAME = "a.tif";
    private static final int WIDTH = 4;
    private static final int HEIGHT = 3;

    private final Path folder;

    NdTiffTarget() throws IOException {
        this.folder = Files.createTempDirectory("fuzzing");
        Files.write(folder.resolve(NAME), tiff());
    }

    /** A directory, then the pixels of three planes. */
    private static byte[] tiff() {
        Map<Integer, Integer> tags =
                new TreeMap<>(Map.of(256, WIDTH, 257, HEIGHT, 258, 8, 259, 1, 262, 1, 278, HEIGHT));
        int pixels = 8 + 2 + 12 * (tags.size() + 2) + 4;
        tags.put(273, pixels);
        tags.put(279, WIDTH * HEIGHT);
        ByteBuffer file = ByteBuffer.allocate(pixels + 3 * WIDTH * HEIGHT).order(ByteOrder.LITTLE_ENDIAN);
        file.putShort((short) 0x4949).putShort((short) 42).putInt(8).putShort((short) tags.size());
        tags.forEach((tag, value) ->
                file.putShort(tag.shortValue()).putShort((short) 4).putInt(1).putInt(value));
        return file.array();
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                index("{\"time\":0,\"channel\":\"GFP\",\"z\":%d}", 3),
                index("{\"position\":%d,\"z\":1}", 3),
                index("{\"z\":%d}", 1));
    }

    private static byte[] index(String axes, int planes) {
        ByteArrayOutputStream index = new ByteArrayOutputStream();
        for (int i = 0; i < planes; i++) {
            byte[] json = axes.formatted(i).getBytes(StandardCharsets.UTF_8);
            byte[] name = NAME.getBytes(StandardCharsets.UTF_8);
            ByteBuffer entry =
                    ByteBuffer.allocate(40 + json.length + name.length).order(ByteOrder.LITTLE_ENDIAN);
            entry.putInt(json.length).put(json).putInt(name.length).put(name);
            entry.putInt(110 + i * WIDTH * HEIGHT).putInt(WIDTH).putInt(HEIGHT);
            index.writeBytes(entry.array());
        }
        return index.toByteArray();
    }

    @Override
    public void run(byte[] input) throws Throwable {
        Files.write(folder.resolve("NDTiff.index"), input);
        Refusal.accepts(() -> ImageReading.read(folder));
        Refusal.accepts(() -> ImageReading.read(folder.resolve("1")));
    }
}
