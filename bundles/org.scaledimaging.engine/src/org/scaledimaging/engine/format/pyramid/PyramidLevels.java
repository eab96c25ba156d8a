package org.scaledimaging.engine.format.pyramid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.image.ImageMetadata;

/**
 * The levels of an image, the chunks that these are made of, and the blocks that they are computed in.
 *
 * @param levels metadata of each level, finest first
 * @param factors from each level to the next coarser one, per axis: 1 on axes that are not downsampled
 * @param chunk voxels per chunk, the same at each level
 * @param block voxels per unit of work: one chunk, or so many along a downsampled axis that each level's factor divides
 *     their length (two where it is odd), so that a block's means are a whole part of a block of the next level
 * @param interleaved per axis, whether blocks next to one another along it are to be written one soon after the other;
 *     others vary slowest
 */
public record PyramidLevels(
        List<ImageMetadata> levels, List<int[]> factors, int[] chunk, int[] block, boolean[] interleaved) {

    /** Says how voxels grow from a level to the next coarser one. */
    @FunctionalInterface
    public interface Steps {
        /** A factor for each axis of the level of that number, 0 for the finest; all 1 where there is no coarser one. */
        int[] from(ImageMetadata level, int number);
    }

    /**
     * The levels until there is no coarser one.
     *
     * @param most how many levels; without it, until one has no more than one chunk along the interleaved axes
     */
    public static PyramidLevels of(
            ImageMetadata finest, int[] chunk, boolean[] interleaved, Steps steps, OptionalInt most) {
        List<ImageMetadata> levels = new ArrayList<>(List.of(finest));
        List<int[]> factors = new ArrayList<>();
        while (levels.size() < most.orElse(Integer.MAX_VALUE)) {
            ImageMetadata last = levels.get(levels.size() - 1);
            int[] factor = steps.from(last, levels.size() - 1);
            boolean enough = most.isEmpty() && fitsInChunk(last, chunk, interleaved);
            if (enough || Arrays.stream(factor).allMatch(f -> f == 1)) {
                break;
            }
            factors.add(factor);
            levels.add(last.downsampled(factor));
        }
        int[] block = chunk.clone();
        for (int[] factor : factors) {
            for (int d = 0; d < block.length; d++) {
                block[d] = Math.toIntExact(Grid.leastCommonMultiple(block[d], factor[d]));
            }
        }
        return new PyramidLevels(levels, factors, chunk, block, interleaved);
    }

    private static boolean fitsInChunk(ImageMetadata level, int[] chunk, boolean[] interleaved) {
        for (int d = 0; d < chunk.length; d++) {
            if (interleaved[d] && level.dimensions().get(d).length() > chunk[d]) {
                return false;
            }
        }
        return true;
    }

    /** How many voxels a box of that shape has. */
    public static long voxels(int[] shape) {
        long voxels = 1;
        for (int length : shape) {
            voxels *= length;
        }
        return voxels;
    }

    /** A level in blocks. */
    public Grid blocks(int level) {
        return Grid.of(levels.get(level).interval(), block);
    }

    /** A level in chunks. */
    public Grid chunks(int level) {
        return Grid.of(levels.get(level).interval(), chunk);
    }
}
