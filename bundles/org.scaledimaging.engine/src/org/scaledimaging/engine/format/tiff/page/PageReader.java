package org.scaledimaging.engine.format.tiff.page;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.message.ImageFormatException;

/** Voxels of a page: sample after sample, each row-major. */
public final class PageReader {
    private PageReader() {}

    /** How many rows of pixels a row of tiles or strips has. */
    public static int rows(PageLayout layout, long tileRow) {
        return (int)
                (layout.tiled()
                        ? layout.tileHeight()
                        : Math.min(layout.tileHeight(), layout.height() - tileRow * layout.tileHeight()));
    }

    /** Begins to fetch what {@link #tile} is going to be asked for. */
    public static void announceTile(Page page, int plane, long tileRow, long tileColumn, Ahead ahead)
            throws IOException {
        PageLayout layout = page.layout();
        int bytes = layout.tileBytes(rows(layout, tileRow));
        page.announce(index(layout, plane, tileRow, tileColumn), bytes, ahead);
    }

    private static long index(PageLayout layout, int plane, long tileRow, long tileColumn) {
        Grid grid = layout.grid();
        return plane * grid.count() + grid.number(new long[] {tileRow, tileColumn});
    }

    /**
     * A whole tile, also where it reaches beyond the page, or a strip.
     *
     * @param plane the sample, where samples have tiles of their own; else 0
     */
    public static Object tile(Page page, int plane, long tileRow, long tileColumn) throws IOException {
        PageLayout layout = page.layout();
        long index = index(layout, plane, tileRow, tileColumn);
        int samples = layout.interleaved();
        int width = (int) layout.tileWidth();
        int rows = rows(layout, tileRow);
        int bytes = layout.tileBytes(rows);
        Optional<ByteBuffer> stored = page.stored(index, bytes);
        if (stored.isEmpty()) {
            return layout.type().allocate(rows * width * samples);
        }
        try {
            if (layout.compression() == Compression.JPEG) {
                return JpegTile.decode(page, stored.get(), width, rows);
            }
            if (layout.compression() == Compression.JPEG_2000) {
                return Jpeg2000Tile.decode(layout, stored.get(), width, rows);
            }
            // A last strip may be stored as high as the others.
            byte[] decoded = new byte[layout.tileBytes(layout.tileHeight())];
            int length = layout.compression().decode(stored.get(), decoded);
            if (length < bytes) {
                throw new CorruptDataException(length + " bytes", bytes + ", as its pixels take");
            }
            ByteOrder order = layout.predictor()
                    .undo(
                            decoded,
                            rows,
                            width,
                            samples,
                            (layout.bits() + 7) / 8,
                            page.file().header().order());
            return layout.colours().isPresent()
                    ? layout.colours().get().toRgb(decoded, rows, width)
                    : Samples.of(decoded, order, layout, rows, width);
        } catch (CorruptDataException e) {
            String what = (layout.tiled() ? "in tile " : "in strip ") + index + " at byte " + page.offset(index) + " ";
            throw new ImageFormatException(page.file().path(), what + e.found(), e.expected(), e);
        }
    }

    /**
     * Rows of a page of which any rows can be read alone ({@link PageLayout#rowsAtWill}).
     *
     * @param plane the sample, where samples have strips of their own; else 0
     */
    public static Object rows(Page page, int plane, long first, int count) throws IOException {
        PageLayout layout = page.layout();
        byte[] bytes = new byte[Math.multiplyExact(count, layout.rowBytes())];
        int[] done = {0};
        runs(page, plane, first, count, (offset, length) -> {
            ByteBuffer stored = page.file().read(offset, length, "pixels");
            Samples.mirror(stored, layout);
            stored.get(bytes, done[0], (int) length);
            done[0] += (int) length;
        });
        return Samples.of(bytes, page.file().header().order(), layout, count, (int) layout.width());
    }

    /** Begins to fetch what {@link #rows(Page, int, long, int)} is going to be asked for. */
    public static void announceRows(Page page, int plane, long first, int count, Ahead ahead) throws IOException {
        runs(page, plane, first, count, (offset, length) -> page.file().announce(offset, length, ahead));
    }

    private interface Run {
        void in(long offset, long length) throws IOException;
    }

    private static void runs(Page page, int plane, long first, int count, Run run) throws IOException {
        PageLayout layout = page.layout();
        int rowBytes = layout.rowBytes();
        long height = layout.tileHeight();
        long firstStrip = first / height;
        int strips = (int) ((first + count - 1) / height - firstStrip + 1);
        long[] offsets = page.offsets(plane * layout.grid().count() + firstStrip, strips);
        int done = 0;
        for (int strip = 0; strip < strips; ) {
            long within = (first + done) - (firstStrip + strip) * height;
            long start = offsets[strip];
            long rows = Math.min(count - done, height - within);
            strip++;
            // Strips that follow one another in the file are read as one.
            while (strip < strips && offsets[strip] == offsets[strip - 1] + height * rowBytes) {
                rows = Math.min(count - done, rows + height);
                strip++;
            }
            run.in(start + within * rowBytes, rows * rowBytes);
            done += (int) rows;
        }
    }
}
