package org.scaledimaging.engine.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG (ISO/IEC 15948, https://www.w3.org/TR/png-3/) with the JDK's Deflater: 8 bits per sample, each row with the
 * filter that leaves the least sum of absolute differences.
 */
final class PngEncoder {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int FILTERS = 5;

    private final Raster raster;
    private final int colourType;
    private final int samples;

    private PngEncoder(Raster raster) {
        this.raster = raster;
        boolean grey = true;
        boolean opaque = true;
        for (int pixel : raster.argb()) {
            grey &= (pixel & 0xFF) == (pixel >> 8 & 0xFF) && (pixel & 0xFF) == (pixel >> 16 & 0xFF);
            opaque &= pixel >>> 24 == 0xFF;
        }
        colourType = (grey ? 0 : 2) + (opaque ? 0 : 4);
        samples = (grey ? 1 : 3) + (opaque ? 0 : 1);
    }

    static byte[] encode(Raster raster) {
        return new PngEncoder(raster).encode();
    }

    private byte[] encode() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(raster.width()).putInt(raster.height());
        header.put((byte) 8).put((byte) colourType); // then deflate, the five filters, not interlaced: zeros
        chunk(file, "IHDR", header.array());
        chunk(file, "IDAT", compressed());
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(name);
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }

    private byte[] compressed() {
        Deflater deflater = new Deflater(6);
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 15];
            byte[] above = new byte[raster.width() * samples];
            for (int row = 0; row < raster.height(); row++) {
                byte[] line = line(row);
                deflater.setInput(filtered(line, above));
                while (!deflater.needsInput()) {
                    out.write(buffer, 0, deflater.deflate(buffer));
                }
                above = line;
            }
            deflater.finish();
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private byte[] line(int row) {
        byte[] line = new byte[raster.width() * samples];
        int next = 0;
        for (int column = 0; column < raster.width(); column++) {
            int pixel = raster.at(column, row);
            if (samples >= 3) {
                line[next++] = (byte) (pixel >> 16);
                line[next++] = (byte) (pixel >> 8);
            }
            line[next++] = (byte) pixel;
            if (samples % 2 == 0) {
                line[next++] = (byte) (pixel >>> 24);
            }
        }
        return line;
    }

    /** The filter's number, then the line by it. */
    private byte[] filtered(byte[] line, byte[] above) {
        byte[] best = new byte[line.length + 1];
        byte[] tried = new byte[line.length + 1];
        long least = Long.MAX_VALUE;
        for (int filter = 0; filter < FILTERS; filter++) {
            filter(filter, line, above, tried);
            long sum = sum(tried, least);
            if (sum < least) {
                least = sum;
                byte[] other = best;
                best = tried;
                tried = other;
            }
        }
        return best;
    }

    /** The sum of absolute differences; any that is as large as the limit where it reaches that. */
    private static long sum(byte[] filtered, long limit) {
        long sum = 0;
        for (int i = 1; i < filtered.length && sum < limit; i++) {
            sum += Math.abs(filtered[i]);
        }
        return sum;
    }

    /** A loop for each filter, since what is decided for each byte takes longer than the difference. */
    private void filter(int filter, byte[] line, byte[] above, byte[] result) {
        result[0] = (byte) filter;
        for (int i = 0; i < samples; i++) { // nothing is to the left
            int up = above[i] & 0xFF;
            int predicted = filter < 2 ? 0 : filter == 3 ? up / 2 : up;
            result[i + 1] = (byte) (line[i] - predicted);
        }
        switch (filter) {
            case 0 -> System.arraycopy(line, samples, result, samples + 1, line.length - samples);
            case 1 -> {
                for (int i = samples; i < line.length; i++) {
                    result[i + 1] = (byte) (line[i] - line[i - samples]);
                }
            }
            case 2 -> {
                for (int i = samples; i < line.length; i++) {
                    result[i + 1] = (byte) (line[i] - above[i]);
                }
            }
            case 3 -> {
                for (int i = samples; i < line.length; i++) {
                    result[i + 1] = (byte) (line[i] - ((line[i - samples] & 0xFF) + (above[i] & 0xFF)) / 2);
                }
            }
            default -> {
                for (int i = samples; i < line.length; i++) {
                    int left = line[i - samples] & 0xFF;
                    result[i + 1] = (byte) (line[i] - paeth(left, above[i] & 0xFF, above[i - samples] & 0xFF));
                }
            }
        }
    }

    private static int paeth(int left, int up, int corner) {
        int estimate = left + up - corner;
        int toLeft = Math.abs(estimate - left);
        int toUp = Math.abs(estimate - up);
        int toCorner = Math.abs(estimate - corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }
}
