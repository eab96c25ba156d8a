package org.scaledimaging.engine.format.raw;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.scaledimaging.engine.message.ImageFormatException;

/** The lines of text that a file begins with; voxels may follow. */
public final class TextHeader implements AutoCloseable {
    /** Headers with a recipe in them are long. */
    private static final int MOST_BYTES = 16 << 20;

    private final Path file;
    private final InputStream in;
    private long position;

    /** Opens the file at its start. */
    public TextHeader(Path file) throws IOException {
        this.file = file;
        this.in = Unpacking.NONE.open(file, 0);
    }

    /**
     * The next line without its end, in UTF-8; nothing at the end of the file.
     *
     * @throws ImageFormatException when the header is longer than any is
     */
    public Optional<String> line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = in.read(); ; next = in.read()) {
            if (next < 0 && bytes.size() == 0) {
                return Optional.empty();
            }
            position += next < 0 ? 0 : 1;
            if (next < 0 || next == '\n') {
                String text = bytes.toString(StandardCharsets.UTF_8);
                return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
            }
            if (position > MOST_BYTES) {
                throw new ImageFormatException(file, "a header without an end", "one of at most 16 MiB");
            }
            bytes.write(next);
        }
    }

    /** How many bytes have been read: where what comes after the last line begins. */
    public long position() {
        return position;
    }

    /** Whole numbers with spaces between them. */
    public static long[] wholes(Path file, String field, String text) throws ImageFormatException {
        try {
            String[] parts = text.trim().split("\\s+");
            long[] values = new long[parts.length];
            for (int i = 0; i < parts.length; i++) {
                values[i] = Long.parseLong(parts[i]);
            }
            return values;
        } catch (NumberFormatException e) {
            throw new ImageFormatException(file, field + " " + text, "whole numbers", e);
        }
    }

    /** Numbers with spaces between them; NaN stands for one that is not known. */
    public static double[] numbers(Path file, String field, String text) throws ImageFormatException {
        try {
            String[] parts = text.trim().split("\\s+");
            double[] values = new double[parts.length];
            for (int i = 0; i < parts.length; i++) {
                values[i] = parts[i].equalsIgnoreCase("nan") ? Double.NaN : Double.parseDouble(parts[i]);
            }
            return values;
        } catch (NumberFormatException e) {
            throw new ImageFormatException(file, field + " " + text, "numbers", e);
        }
    }

    /**
     * Lengths of axes.
     *
     * @param width of a voxel in bytes
     * @throws ImageFormatException when one is below 1, or all voxels take 2^63 bytes or more
     */
    public static long[] lengths(Path file, String field, String text, int width) throws ImageFormatException {
        long[] lengths = wholes(file, field, text);
        try {
            long bytes = width;
            for (long length : lengths) {
                bytes = Math.multiplyExact(bytes, length);
                if (length < 1) {
                    throw new ImageFormatException(file, field + " " + text, "lengths of at least 1");
                }
            }
        } catch (ArithmeticException e) {
            throw new ImageFormatException(file, field + " " + text, "fewer voxels than 2^63 bytes", e);
        }
        return lengths;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
