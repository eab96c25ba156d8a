package org.scaledimaging.engine.format.tiff.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * The file {@code NDTiff.index} of a data set of Micro-Manager's, which says where in which of its TIFF files each plane is:
 * <a href="https://github.com/micro-manager/NDStorage">NDTiff</a> 2 and 3.
 *
 * @param folder that the files are in
 * @param planes in the order in which they were taken
 */
record NdTiffIndex(Path folder, List<Plane> planes) {
    private static final String FULL_RESOLUTION = "Full resolution";
    private static final int NUMBERS = 8;
    private static final int LONGEST = 1 << 16;
    private static final long MOST_BYTES = 1L << 30;

    /** Made when an index is read: every folder is asked whether it has one, and making a mapper takes longer. */
    private static final class Reading {
        static final ObjectMapper MAPPER = new ObjectMapper();
    }

    /**
     * Where a plane is.
     *
     * @param axes its place along each axis, a number or a name
     * @param offset of its pixels in the file
     * @param type of its pixels: 0, 8 bits; 2, RGB of 8 bits; others, 16 bits
     */
    record Plane(JsonNode axes, String file, long offset, long width, long height, int type) {}

    /** The folder with the index, of a data set or of its full resolution; the given one where there is none. */
    static Path folder(Path place) {
        Path inside = place.resolve(FULL_RESOLUTION);
        boolean here = Files.isRegularFile(place.resolve(MicroManager.INDEX));
        return !here && Files.isRegularFile(inside.resolve(MicroManager.INDEX)) ? inside : place;
    }

    /** @throws ImageFormatException when the index is no such file */
    static NdTiffIndex read(Path folder) throws IOException {
        Path file = folder.resolve(MicroManager.INDEX);
        long size = Files.size(file);
        if (size == 0 || size > MOST_BYTES) {
            throw new ImageFormatException(file, size + " bytes", "an index of 1 byte to 1 GiB");
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Plane> planes = new ArrayList<>();
        while (bytes.remaining() >= Integer.BYTES
                && bytes.getInt(bytes.position()) != 0) { // zeros follow a stopped one
            planes.add(plane(file, bytes));
        }
        if (planes.isEmpty()) {
            throw new ImageFormatException(file, "an index without planes", "one plane at least");
        }
        return new NdTiffIndex(folder, planes);
    }

    private static Plane plane(Path file, ByteBuffer bytes) throws IOException {
        int start = bytes.position();
        JsonNode axes;
        try {
            axes = Reading.MAPPER.readTree(text(file, bytes));
        } catch (JsonProcessingException e) {
            throw new ImageFormatException(
                    file, "axes at byte " + start + " that are no JSON", "an index of NDTiff", e);
        }
        String name = text(file, bytes);
        if (bytes.remaining() < NUMBERS * Integer.BYTES) {
            throw cutOff(file, start);
        }
        if (!isName(name)) {
            throw new ImageFormatException(file, "the file " + Given.shown(name), "a file in the same folder");
        }
        long offset = Integer.toUnsignedLong(bytes.getInt());
        int width = bytes.getInt();
        int height = bytes.getInt();
        int type = bytes.getInt();
        int compression = bytes.getInt();
        bytes.position(bytes.position() + 3 * Integer.BYTES); // where its metadata are, which are not read
        if (compression != 0) {
            throw new ImageFormatException(file, "the compression " + compression + " of a plane", "0, none");
        }
        return new Plane(axes, name, offset, width, height, type);
    }

    private static boolean isName(String name) {
        try {
            return Path.of(name).getNameCount() == 1 && !name.matches(".*[/\\\\\\p{Cntrl}].*|\\.*");
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String text(Path file, ByteBuffer bytes) throws ImageFormatException {
        int start = bytes.position();
        int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
        if (length < 0 || length > LONGEST || length > bytes.remaining()) {
            throw cutOff(file, start);
        }
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static ImageFormatException cutOff(Path file, int start) {
        return new ImageFormatException(file, "no whole entry from byte " + start + " on", "an index of NDTiff");
    }

    /** The TIFF files, each once, in the order in which they were begun. */
    List<Path> files() {
        return planes.stream().map(Plane::file).distinct().map(folder::resolve).toList();
    }
}
