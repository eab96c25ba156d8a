package org.scaledimaging.engine.format.tiff;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes files whose pages are of one value each, uint8, with texts as tags. */
public final class SmallTiff {
    public static final int WIDTH = 4;
    public static final int HEIGHT = 3;
    private static final int TEXT = 2;
    private static final int LONG = 4;
    private static final int ENTRY = 12;

    private final byte[] behindHeader;
    private final List<Page> pages = new ArrayList<>();

    private record Page(int value, Map<Integer, String> texts) {}

    public SmallTiff() {
        this(new byte[0]);
    }

    /** @param behindHeader what lies between the 8 bytes of TIFF's header and the first page */
    public SmallTiff(byte[] behindHeader) {
        this.behindHeader = behindHeader;
    }

    /** @param texts by their tags */
    public SmallTiff page(int value, Map<Integer, String> texts) {
        pages.add(new Page(value, texts));
        return this;
    }

    public Path write(Path path) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int offset = 8 + behindHeader.length;
        file.write(numbers(8)
                .putShort((short) 0x4949)
                .putShort((short) 42)
                .putInt(offset)
                .array());
        file.write(behindHeader);
        for (int i = 0; i < pages.size(); i++) {
            file.write(bytes(pages.get(i), file.size(), i == pages.size() - 1));
        }
        return Files.write(path, file.toByteArray());
    }

    /** A directory, the texts, and the pixels. */
    private static byte[] bytes(Page page, int offset, boolean last) {
        Map<Integer, int[]> tags = new TreeMap<>(); // type, count, value
        int[][] numbers = {
            {256, WIDTH}, {257, HEIGHT}, {258, 8}, {259, 1}, {262, 1}, {278, HEIGHT}, {279, WIDTH * HEIGHT}
        };
        for (int[] number : numbers) {
            tags.put(number[0], new int[] {LONG, 1, number[1]});
        }
        tags.put(273, null);
        page.texts.keySet().forEach(tag -> tags.put(tag, null));
        int at = offset + 2 + tags.size() * ENTRY + 4;
        ByteArrayOutputStream texts = new ByteArrayOutputStream();
        for (Map.Entry<Integer, String> text : page.texts.entrySet()) {
            byte[] bytes = (text.getValue() + "\0\0\0\0").getBytes(StandardCharsets.UTF_8); // never in the entry
            tags.put(text.getKey(), new int[] {TEXT, bytes.length, at + texts.size()});
            texts.writeBytes(bytes);
        }
        int pixels = at + texts.size();
        tags.put(273, new int[] {LONG, 1, pixels});
        ByteBuffer all = numbers(pixels + WIDTH * HEIGHT - offset).putShort((short) tags.size());
        tags.forEach((tag, entry) -> all.putShort(tag.shortValue())
                .putShort((short) entry[0])
                .putInt(entry[1])
                .putInt(entry[2]));
        all.putInt(last ? 0 : offset + all.capacity()).put(texts.toByteArray());
        while (all.hasRemaining()) {
            all.put((byte) page.value);
        }
        return all.array();
    }

    private static ByteBuffer numbers(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
