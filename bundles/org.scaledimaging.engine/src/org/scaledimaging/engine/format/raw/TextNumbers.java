package org.scaledimaging.engine.format.raw;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ImageFormatException;

/** The bytes of voxels that a file holds as text, numbers with white space between them, as they would be stored. */
final class TextNumbers extends InputStream {
    private static final int LONGEST = 400; // digits of the smallest double, written out

    private final FileVoxels layout;
    private final InputStream text;
    private final ByteBuffer number;

    /** @param text from the first number on */
    TextNumbers(FileVoxels layout, InputStream text) {
        this.layout = layout;
        this.text = text;
        this.number = ByteBuffer.allocate(8).order(layout.order()).limit(0);
    }

    @Override
    public int read() throws IOException {
        if (!number.hasRemaining() && !next()) {
            return -1;
        }
        return number.get() & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int done = 0;
        while (done < length && (number.hasRemaining() || next())) {
            int part = Math.min(length - done, number.remaining());
            number.get(bytes, from + done, part);
            done += part;
        }
        return done == 0 && length > 0 ? -1 : done;
    }

    private boolean next() throws IOException {
        int letter = text.read();
        while (letter >= 0 && letter <= ' ') {
            letter = text.read();
        }
        if (letter < 0) {
            return false;
        }
        StringBuilder word = new StringBuilder();
        for (; letter > ' ' && word.length() < LONGEST; letter = text.read()) {
            word.append((char) letter);
        }
        number.clear();
        try {
            put(word.toString());
        } catch (NumberFormatException e) {
            Path file = layout.file();
            PixelType type = layout.type();
            throw new ImageFormatException(
                    file, "the voxel " + Given.shown(word.toString()), "numbers of type " + type.label(), e);
        }
        number.flip();
        return true;
    }

    /** Numbers beyond the type are refused. */
    private void put(String word) {
        PixelType type = layout.type();
        switch (type) {
            case FLOAT32 -> number.putFloat((float) real(word));
            case FLOAT64 -> number.putDouble(real(word));
            case UINT64 -> number.putLong(Long.parseUnsignedLong(word));
            default -> {
                long value = Long.parseLong(word);
                int bits = 8 * type.bytes();
                long least = type.isSigned() ? -1L << bits - 1 : 0;
                long greatest = type.isSigned() ? ~least : (1L << bits) - 1;
                if (value < least || value > greatest) {
                    throw new NumberFormatException(word);
                }
                switch (type.bytes()) {
                    case 1 -> number.put((byte) value);
                    case 2 -> number.putShort((short) value);
                    case 4 -> number.putInt((int) value);
                    default -> number.putLong(value);
                }
            }
        }
    }

    private double real(String word) {
        return switch (word.toLowerCase(Locale.ROOT).replaceFirst("^[+-]", "")) {
            case "nan" -> Double.NaN;
            case "inf", "infinity" -> word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            default -> layout.type() == PixelType.FLOAT32 ? Float.parseFloat(word) : Double.parseDouble(word);
        };
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
