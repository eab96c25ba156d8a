package org.scaledimaging.engine.format.tiff.page;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.format.picture.JdkReader;

/** Tiles and strips that are JPEG streams (TIFF Technical Note 2), decoded by the JDK. */
final class JpegTile {
    private static final int MARKER_BYTES = 2;
    private static final byte LOSSLESS_FRAME = (byte) 0xC3;
    private static final byte START_OF_SCAN = (byte) 0xDA;
    private static final int BITS = 8;
    private static final int MOST_TABLES = 1 << 20;

    private JpegTile() {}

    /** The voxels, sample after sample; luminance and colour differences become red, green and blue. */
    static byte[] decode(Page page, ByteBuffer stored, int width, int rows) throws IOException, CorruptDataException {
        int samples = page.layout().interleaved();
        byte[] stream = stream(page, stored);
        if (isLossless(stream)) {
            throw new CorruptDataException("lossless JPEG", "JPEG that is not");
        }
        ImageReader reader = JdkReader.of("jpeg");
        try {
            reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(stream)));
            int height = reader.getHeight(0);
            if (reader.getWidth(0) != width
                    || height < rows
                    || height > page.layout().tileHeight()) {
                throw new CorruptDataException(
                        "a JPEG stream of " + reader.getWidth(0) + " x " + height + " pixels", width + " x " + rows);
            }
            Raster raster = reader.readRaster(0, null);
            if (raster.getNumBands() != samples) {
                throw new CorruptDataException("a JPEG stream of " + raster.getNumBands() + " samples", "" + samples);
            }
            return separate(raster, width, rows, page.layout().yCbCr());
        } catch (IOException | RuntimeException e) { // the JDK's reader throws all sorts where data are damaged
            throw new CorruptDataException("a damaged JPEG stream", "a whole one", e);
        } finally {
            reader.dispose();
        }
    }

    /** Whether the frame of a stream is one of lossless JPEG, which the JDK does not decode. */
    private static boolean isLossless(byte[] stream) {
        int at = MARKER_BYTES;
        while (at + 3 < stream.length && stream[at] == (byte) 0xFF && stream[at + 1] != START_OF_SCAN) {
            if (stream[at + 1] == LOSSLESS_FRAME) {
                return true;
            }
            at += MARKER_BYTES + ((stream[at + 2] & 0xFF) << 8 | stream[at + 3] & 0xFF);
        }
        return false;
    }

    /** A stream of its own: the tables that the page's streams share, without their end, then this one's data. */
    private static byte[] stream(Page page, ByteBuffer stored) throws IOException, CorruptDataException {
        if (page.jpegTables().isEmpty()) {
            return stored.array();
        }
        Directory.Entry entry = page.jpegTables().get();
        if (entry.count() > MOST_TABLES) {
            throw new CorruptDataException("tables of " + entry.count() + " bytes", "at most " + MOST_TABLES);
        }
        byte[] tables = page.file()
                .read(entry.position(), entry.count(), "the tables of JPEG streams")
                .array();
        int shared = Math.max(0, tables.length - MARKER_BYTES);
        int own = Math.max(0, stored.remaining() - MARKER_BYTES);
        byte[] stream = new byte[shared + own];
        System.arraycopy(tables, 0, stream, 0, shared);
        System.arraycopy(stored.array(), stored.remaining() - own, stream, shared, own);
        return stream;
    }

    private static byte[] separate(Raster raster, int width, int rows, boolean yCbCr) {
        int samples = raster.getNumBands();
        byte[] planes = new byte[width * rows * samples];
        int[] row = new int[width * samples];
        int plane = width * rows;
        for (int y = 0; y < rows; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                if (yCbCr && samples == 3) {
                    YCbCr.fullRangeToRgb(row, 3 * x, BITS);
                }
                for (int sample = 0; sample < samples; sample++) {
                    planes[sample * plane + y * width + x] = (byte) row[x * samples + sample];
                }
            }
        }
        return planes;
    }
}
