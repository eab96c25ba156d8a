package org.scaledimaging.engine.format.tiff.page;

import java.nio.ByteBuffer;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.jpeg2000.Codestream;

/** Tiles and strips that are JPEG 2000. */
final class Jpeg2000Tile {
    private static final int COLOURS = 3;

    private Jpeg2000Tile() {}

    /**
     * The voxels, sample after sample. Luminance and colour differences become red, green and blue, unless the codestream
     * itself has transformed these, and so gives them back.
     */
    static Object decode(PageLayout layout, ByteBuffer stored, int width, int rows) throws CorruptDataException {
        Codestream codestream = Codestream.of(stored);
        check(codestream, layout, width, rows);
        int[][] planes = codestream.decode();
        int pixels = width * rows;
        if (layout.yCbCr() && planes.length == COLOURS && !codestream.isTransformed()) {
            toRgb(planes, pixels, codestream);
        }
        Object voxels = layout.type().allocate(pixels * planes.length);
        for (int sample = 0; sample < planes.length; sample++) {
            put(planes[sample], pixels, voxels, sample * pixels);
        }
        return voxels;
    }

    private static void check(Codestream codestream, PageLayout layout, int width, int rows)
            throws CorruptDataException {
        int height = codestream.height();
        if (codestream.width() != width || height < rows || height > layout.tileHeight()) {
            throw new CorruptDataException(
                    "a JPEG 2000 stream of " + codestream.width() + " x " + height + " pixels", width + " x " + rows);
        }
        if (codestream.components() != layout.interleaved()) {
            throw new CorruptDataException(
                    "a JPEG 2000 stream of " + codestream.components() + " samples", "" + layout.interleaved());
        }
        int room = 8 * layout.type().bytes();
        for (int i = 0; i < codestream.components(); i++) {
            boolean fits = codestream.isSigned(i) == layout.type().isSigned();
            // Where a sample takes all bits, some writers store numbers with a sign as if they had none.
            if (codestream.bits(i) > room || codestream.bits(i) < room && !fits) {
                throw new CorruptDataException(
                        "a JPEG 2000 stream of " + (codestream.isSigned(i) ? "signed" : "unsigned") + " samples of "
                                + codestream.bits(i) + " bits",
                        "what " + layout.type().label() + " has room for");
            }
        }
    }

    private static void toRgb(int[][] planes, int pixels, Codestream codestream) {
        int bits = codestream.bits(0);
        int[] pixel = new int[COLOURS];
        int[] zero = new int[COLOURS];
        for (int colour = 0; colour < COLOURS; colour++) {
            zero[colour] = codestream.isSigned(colour) ? 1 << bits - 1 : 0;
        }
        for (int i = 0; i < pixels; i++) {
            for (int colour = 0; colour < COLOURS; colour++) {
                pixel[colour] = planes[colour][i] + zero[colour];
            }
            YCbCr.fullRangeToRgb(pixel, 0, bits);
            for (int colour = 0; colour < COLOURS; colour++) {
                planes[colour][i] = pixel[colour];
            }
        }
    }

    private static void put(int[] plane, int pixels, Object voxels, int at) {
        if (voxels instanceof byte[] bytes) {
            for (int i = 0; i < pixels; i++) {
                bytes[at + i] = (byte) plane[i];
            }
        } else {
            short[] shorts = (short[]) voxels;
            for (int i = 0; i < pixels; i++) {
                shorts[at + i] = (short) plane[i];
            }
        }
    }
}
