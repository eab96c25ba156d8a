package org.scaledimaging.engine.format.tiff.page;

import java.util.Arrays;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;

/** The unit in which an image of pages is cheap to read. */
public final class PageChunks {
    /** What a chunk takes at most, in bytes, unless a tile takes more. */
    public static final long BYTES = 4 << 20;

    private static final long STRIPS_BYTES = 1 << 20;
    private static final long CHUNK_PLANES = 64;

    private PageChunks() {}

    /**
     * Whole tiles, or strips: 1, 2, 4 … of them up to 1 MiB (4 where any rows can be read alone), so that they fit what is
     * made of them; where these are whole planes, up to 64 planes within 4 MiB.
     */
    public static int[] shape(PageLayout layout, ImageMetadata metadata) {
        long rowBytes = Math.min(layout.tileWidth(), layout.width())
                * layout.interleaved()
                * layout.type().bytes();
        long rows = layout.rowsAtWill() ? 1 : Math.min(layout.tileHeight(), layout.height());
        if (!layout.tiled()) {
            long most = layout.rowsAtWill() ? BYTES : STRIPS_BYTES;
            rows = Math.min(layout.height(), rows * Long.highestOneBit(Math.max(1, most / (rows * rowBytes))));
        }
        int[] chunk = new int[metadata.dimensions().size()];
        Arrays.fill(chunk, 1);
        chunk[metadata.indexOf(Axis.X)] = (int) Math.min(layout.tileWidth(), layout.width());
        chunk[metadata.indexOf(Axis.Y)] = (int) rows;
        if (metadata.indexOf(Axis.C) >= 0) {
            chunk[metadata.indexOf(Axis.C)] = layout.interleaved();
        }
        if (metadata.indexOf(Axis.Z) >= 0) {
            long planes = layout.tiled() || rows == layout.height()
                    ? Math.min(CHUNK_PLANES, Math.max(1, BYTES / (rows * rowBytes)))
                    : 1;
            long slices = metadata.dimensions().get(metadata.indexOf(Axis.Z)).length();
            chunk[metadata.indexOf(Axis.Z)] = (int) Math.min(slices, planes);
        }
        return chunk;
    }
}
