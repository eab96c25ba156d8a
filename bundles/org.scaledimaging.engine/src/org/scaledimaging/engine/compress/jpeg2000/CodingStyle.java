package org.scaledimaging.engine.compress.jpeg2000;

import java.util.Arrays;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.jpeg2000.sample.BlockStyle;

/**
 * The coding style of a component of a tile (table A.20).
 *
 * @param decompositions how many times the wavelet transform was applied
 * @param blockWidth the logarithm of the width of code-blocks; of the height likewise
 * @param precincts for each resolution, the coarsest first: the logarithm of widths, and of heights above four bits
 */
record CodingStyle(
        int decompositions, int blockWidth, int blockHeight, BlockStyle style, boolean reversible, int[] precincts) {
    private static final int MOST_DECOMPOSITIONS = 32;
    private static final int MOST_SIDE = 10;
    private static final int MOST_SIZE = 12;
    private static final int HIGH_THROUGHPUT = 0x40;
    private static final int LARGEST_PRECINCT = 0xFF;

    /** @param hasPrecincts whether their sizes are said */
    static CodingStyle of(SegmentReader reader, boolean hasPrecincts) throws CorruptDataException {
        int decompositions = reader.number8();
        int width = (reader.number8() & 0xF) + 2;
        int height = (reader.number8() & 0xF) + 2;
        int style = reader.number8();
        int transform = reader.number8();
        if (decompositions > MOST_DECOMPOSITIONS) {
            throw new CorruptDataException(
                    decompositions + " decompositions of a JPEG 2000 component", "at most " + MOST_DECOMPOSITIONS);
        }
        if (width > MOST_SIDE || height > MOST_SIDE || width + height > MOST_SIZE) {
            throw new CorruptDataException(
                    "JPEG 2000 code-blocks of " + (1 << width) + " x " + (1 << height),
                    "at most 1024 along an axis and 4096 in all");
        }
        if ((style & HIGH_THROUGHPUT) != 0) {
            throw new CorruptDataException(
                    "high-throughput JPEG 2000 (ISO/IEC 15444-15)", "JPEG 2000 as of ISO/IEC 15444-1");
        }
        if (transform > 1) {
            throw new CorruptDataException("JPEG 2000 wavelet transform " + transform, "0 (9/7) or 1 (5/3)");
        }
        int[] precincts = new int[decompositions + 1];
        Arrays.fill(precincts, LARGEST_PRECINCT);
        for (int resolution = 0; hasPrecincts && resolution <= decompositions; resolution++) {
            precincts[resolution] = reader.number8();
            if (resolution > 0 && ((precincts[resolution] & 0xF) == 0 || precincts[resolution] >> 4 == 0)) {
                throw new CorruptDataException("JPEG 2000 precincts of 1 place", "at least 2");
            }
        }
        return new CodingStyle(decompositions, width, height, new BlockStyle(style), transform == 1, precincts);
    }

    int precinctWidth(int resolution) {
        return precincts[resolution] & 0xF;
    }

    int precinctHeight(int resolution) {
        return precincts[resolution] >> 4;
    }
}
