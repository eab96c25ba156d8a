package org.scaledimaging.engine.compress.jpeg2000;

import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.compress.CorruptDataException;

/**
 * Image and tiles on the reference grid, and the components (annexes A.5.1 and B). Places are x and y on that grid.
 *
 * @param left where the image begins along x; it ends before {@code right}
 * @param tileLeft where the first tile begins along x
 */
record ImageSize(
        int left,
        int top,
        int right,
        int bottom,
        int tileLeft,
        int tileTop,
        int tileWidth,
        int tileHeight,
        List<Component> components) {
    /** Bits of samples that are decoded. */
    static final int MOST_BITS = 16;

    private static final int MOST_COMPONENTS = 16384;
    private static final int PART_15 = 1 << 14;

    /**
     * One of the components.
     *
     * @param bits of a sample, with its sign
     * @param across distance of samples on the reference grid along x, {@code down} along y
     */
    record Component(int bits, boolean signed, int across, int down) {}

    static ImageSize of(SegmentReader reader) throws CorruptDataException {
        if ((reader.number16() & PART_15) != 0) {
            throw new CorruptDataException(
                    "high-throughput JPEG 2000 (ISO/IEC 15444-15)", "JPEG 2000 as of ISO/IEC 15444-1");
        }
        long[] places = new long[8];
        for (int i = 0; i < places.length; i++) {
            places[i] = reader.number32();
            if (places[i] > Integer.MAX_VALUE) {
                throw new CorruptDataException(
                        "a JPEG 2000 length or place of " + places[i], "at most " + Integer.MAX_VALUE);
            }
        }
        long right = places[0];
        long bottom = places[1];
        long left = places[2];
        long top = places[3];
        if (left >= right || top >= bottom) {
            throw new CorruptDataException(
                    "a JPEG 2000 image from " + left + ", " + top + " to " + right + ", " + bottom, "one with pixels");
        }
        boolean meets =
                places[6] <= left && places[7] <= top && places[6] + places[4] > left && places[7] + places[5] > top;
        if (!meets) {
            throw new CorruptDataException("a JPEG 2000 image of which the first tile has nothing", "a part in each");
        }
        int count = reader.number16();
        if (count < 1 || count > MOST_COMPONENTS) {
            throw new CorruptDataException("a JPEG 2000 image of " + count + " components", "1 to " + MOST_COMPONENTS);
        }
        List<Component> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int depth = reader.number8();
            Component component = new Component((depth & 0x7F) + 1, depth > 0x7F, reader.number8(), reader.number8());
            if (component.bits > MOST_BITS) {
                throw new CorruptDataException("JPEG 2000 samples of " + component.bits + " bits", "1 to " + MOST_BITS);
            }
            if (component.across == 0
                    || component.down == 0
                    || places(left, right, component.across) == 0
                    || places(top, bottom, component.down) == 0) {
                throw new CorruptDataException(
                        "a JPEG 2000 component with samples every " + component.across + " x " + component.down
                                + " pixels",
                        "distances with which there are samples");
            }
            components.add(component);
        }
        return new ImageSize(
                (int) left,
                (int) top,
                (int) right,
                (int) bottom,
                (int) places[6],
                (int) places[7],
                (int) places[4],
                (int) places[5],
                List.copyOf(components));
    }

    /** How many multiples of a distance there are. */
    private static long places(long first, long end, int distance) {
        return (end + distance - 1) / distance - (first + distance - 1) / distance;
    }

    int tilesAcross() {
        return (int) (((long) right - tileLeft + tileWidth - 1) / tileWidth);
    }

    /** All tiles. */
    long tiles() {
        return tilesAcross() * (((long) bottom - tileTop + tileHeight - 1) / tileHeight);
    }

    /** A tile, or what of it is in the image. */
    Area tile(int index) {
        long x = tileLeft + (long) (index % tilesAcross()) * tileWidth;
        long y = tileTop + (long) (index / tilesAcross()) * tileHeight;
        return new Area(
                Math.max(x, left), Math.max(y, top), Math.min(x + tileWidth, right), Math.min(y + tileHeight, bottom));
    }

    Area image() {
        return new Area(left, top, right, bottom);
    }
}
