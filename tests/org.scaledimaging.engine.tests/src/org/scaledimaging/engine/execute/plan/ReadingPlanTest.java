package org.scaledimaging.engine.execute.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.MortonOrder;

class ReadingPlanTest {
    private static final int BYTES = 4;
    private static final boolean[] SPACE = {true, true, true};

    /** What a pass that makes blocks by a plan does, counted. */
    private record Run(long voxels, Map<List<Long>, Integer> decodes, long mostOpenBytes) {
        static Run of(ReadingPlan plan, long[] shape, int[] chunk, int[] block) {
            long voxels = 0;
            Map<List<Long>, Integer> decodes = new HashMap<>();
            Map<List<Long>, Long> open = new HashMap<>();
            List<Long> held = List.of(); // a reader holds the chunk that it decoded last
            long most = 0;
            for (Iterator<Interval> pieces = plan.pieces(); pieces.hasNext(); ) {
                Interval piece = pieces.next();
                voxels += piece.voxels();
                for (long[] each : cells(piece, chunk)) {
                    List<Long> name = Arrays.stream(each).boxed().toList();
                    if (!name.equals(held)) {
                        decodes.merge(name, 1, Integer::sum);
                        held = name;
                    }
                }
                for (long[] each : cells(piece, block)) {
                    Interval whole = cell(each, block).intersect(Interval.ofShape(shape));
                    long missing = open.getOrDefault(Arrays.stream(each).boxed().toList(), (long) whole.voxels());
                    open.put(
                            Arrays.stream(each).boxed().toList(),
                            missing - whole.intersect(piece).voxels());
                }
                most = Math.max(
                        most,
                        (long) open.size() * cell(new long[block.length], block).voxels() * BYTES);
                open.values().removeIf(missing -> missing == 0);
            }
            assertTrue(open.isEmpty());
            return new Run(voxels, decodes, most);
        }

        private static Interval cell(long[] index, int[] size) {
            long[] min = index.clone();
            long[] length = index.clone();
            for (int d = 0; d < min.length; d++) {
                min[d] *= size[d];
                length[d] = size[d];
            }
            return Interval.at(min, length);
        }

        private static List<long[]> cells(Interval interval, int[] size) {
            long[] first = interval.mins();
            long[] last = interval.maxs();
            for (int d = 0; d < first.length; d++) {
                first[d] /= size[d];
                last[d] = (last[d] - 1) / size[d] + 1;
            }
            List<long[]> cells = new ArrayList<>();
            MortonOrder.over(Interval.between(first, last), new boolean[size.length])
                    .forEachRemaining(cells::add);
            return cells;
        }
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
    }

    private static long[] shape(String text) {
        return Arrays.stream(numbers(text)).asLongStream().toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "150x512x512, 64x64x64, 64x64x64, false",
        "150x512x512, 32x32x32, 64x64x64, false",
        "150x512x512, 128x128x128, 64x64x64, false",
        "150x512x512, 1x512x512, 64x64x64, true",
        "150x512x512, 1x256x256, 64x64x64, false",
        "150x512x512, 16x256x256, 64x64x64, false",
        "70x200x2048, 1x1x2048, 64x64x64, true",
        "150x512x512, 100x100x100, 64x64x64, true",
        "150x512x512, 3x100x512, 64x64x64, true",
        "150x512x512, 150x512x512, 64x64x64, false",
        "150x1024x1024, 128x1024x1024, 64x64x64, false",
        "150x512x512, 1x512x512, 64x128x128, true",
    })
    void everyChunkIsDecodedOnceAndNoMoreWaitsThanIsSaid(String size, String chunks, String blocks, boolean collects) {
        long[] shape = shape(size);
        int[] chunk = numbers(chunks);
        int[] block = numbers(blocks);
        ReadingPlan plan = ReadingPlan.of(
                Interval.ofShape(shape),
                chunk,
                block,
                SPACE,
                List.of(),
                BYTES,
                new ReadingPlan.Memory(1L << 33, 2),
                false);
        assertEquals(collects, plan.collects(), plan.toString());
        assertEquals(1, plan.decodes());
        Run run = Run.of(plan, shape, chunk, block);
        assertEquals(shape[0] * shape[1] * shape[2], run.voxels());
        run.decodes().forEach((name, decodes) -> assertEquals(1, decodes, name + " of " + plan));
        if (collects) {
            assertTrue(run.mostOpenBytes() <= plan.openBytes(), run.mostOpenBytes() + " bytes open of " + plan);
        }
        long pieces = 0;
        for (Iterator<Interval> all = plan.pieces(); all.hasNext(); all.next()) {
            pieces++;
        }
        assertEquals(pieces, plan.count());
    }

    private static ReadingPlan planesInBlocks(long memory, boolean costly) {
        return ReadingPlan.of(
                Interval.ofShape(150, 1024, 1024),
                new int[] {1, 1024, 1024},
                new int[] {64, 64, 64},
                SPACE,
                List.of(),
                BYTES,
                new ReadingPlan.Memory(memory, 2),
                costly);
    }

    @Test
    void whereASlabIsALittleTooLargeChunksAreDecodedAgainWithinTheMemory() {
        long slab = 64L * 1024 * 1024 * BYTES;
        ReadingPlan plan = planesInBlocks(slab * 6 / 10, false);
        assertEquals(2, plan.decodes());
        assertTrue(plan.openBytes() <= slab * 6 / 10, plan.toString());
        Run run = Run.of(plan, new long[] {150, 1024, 1024}, new int[] {1, 1024, 1024}, new int[] {64, 64, 64});
        assertTrue(run.mostOpenBytes() <= plan.openBytes());
        run.decodes().forEach((name, decodes) -> assertEquals(2, decodes));
    }

    @Test
    void chunksThatAreSlowToDecodeAreDecodedOnceAndTheRestOfTheSlabIsPutAside() {
        long slab = 64L * 1024 * 1024 * BYTES;
        ReadingPlan plan = planesInBlocks(slab * 6 / 10, true);
        assertEquals(1, plan.decodes());
        assertEquals(slab, plan.openBytes());
    }

    @ParameterizedTest
    @CsvSource({"32, 512", "13, 512", "100, 64", "7, 9"})
    void chunksAtABorderOfPartsCountForEach(int chunk, int part) {
        long length = 1000;
        long decodes = 0;
        for (long start = 0; start < length; start += part) {
            long end = Math.min(length, start + part);
            decodes += (end + chunk - 1) / chunk - start / chunk;
        }
        double mean = decodes / Math.ceil(length / (double) chunk);
        assertEquals(
                mean, PlanBoxes.meanDecodes(Interval.ofShape(length), new long[] {chunk}, new long[] {part}), 1e-9);
    }

    @Test
    void whereASlabIsMuchTooLargeTheRestOfItIsPutAside() {
        long slab = 64L * 1024 * 1024 * BYTES;
        ReadingPlan plan = planesInBlocks(slab / 8, false);
        assertEquals(1, plan.decodes());
        assertEquals(slab, plan.openBytes());
        assertTrue(
                plan.toString()
                        .endsWith(
                                ", up to 32 MiB at work and 256 MiB waiting to be complete, 224 MiB of them in a file"),
                plan.toString());
    }

    @Test
    void whatIsOnlyReadComesInWholeChunks() {
        long[] shape = {40, 300, 300};
        int[] chunk = {1, 300, 300};
        ReadingPlan plan = ReadingPlan.of(
                Interval.ofShape(shape), chunk, SPACE, 1 << 18, BYTES, new ReadingPlan.Memory(1L << 30, 2));
        assertFalse(plan.collects());
        assertTrue(plan.toString().endsWith("decoded once, up to 8 MiB at work"), plan.toString());
        Run run = Run.of(plan, shape, chunk, chunk);
        run.decodes().forEach((name, decodes) -> assertEquals(1, decodes));
        assertEquals(14, plan.count());
    }

    @Test
    void piecesOfAChunkThatIsTooLargeForAThreadComeOneAfterTheOther() {
        long[] shape = {8, 4096, 4096};
        int[] chunk = {4, 4096, 4096};
        ReadingPlan plan = ReadingPlan.of(
                Interval.ofShape(shape),
                chunk,
                new int[] {64, 64, 64},
                SPACE,
                List.of(new int[] {2, 2, 2}),
                BYTES,
                new ReadingPlan.Memory(1L << 28, 2),
                false);
        assertTrue(plan.count() > 2);
        Run run = Run.of(plan, shape, chunk, new int[] {64, 64, 64});
        run.decodes().forEach((name, decodes) -> assertEquals(plan.decodes(), decodes));
    }
}
