package org.scaledimaging.engine.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Unchanged;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.statistics.Histogram;
import org.scaledimaging.engine.statistics.Measurement;
import org.scaledimaging.engine.statistics.Otsu;
import org.scaledimaging.engine.statistics.Statistics;
import org.scaledimaging.engine.statistics.exact.ExactSums;

/**
 * Gathers figures at full resolution, block by block, in one pass: each voxel of both images, of the mask and of the field
 * is read once. The same to the bit on any number of threads and with any chunks.
 */
public final class FiguresPass {
    private static final int LEAST = 1 << 18;
    private static final int MOST = 1 << 22;
    private static final int MOST_BINS = 256;

    private final Comparison images;
    private final ImageMetadata metadata;
    private final int[] axes;
    private final Optional<Stacks> stacks;
    private final Execution execution;

    private FiguresPass(Comparison images, Optional<Stacks> stacks, Execution execution) {
        this.images = images;
        this.stacks = stacks;
        this.metadata = images.before().metadata();
        this.axes = IntStream.range(0, metadata.dimensions().size())
                .filter(d -> metadata.dimensions().get(d).axis().isSpatial())
                .toArray();
        this.execution = execution;
    }

    /** @throws ParameterException when shapes do not agree */
    public static Figures of(Comparison images, Execution execution) throws IOException, ParameterException {
        return of(images, Optional.empty(), execution);
    }

    /** @param stacks get all blocks that are read */
    static Figures of(Comparison images, Optional<Stacks> stacks, Execution execution)
            throws IOException, ParameterException {
        images.check();
        return Unchanged.<Figures, RuntimeException>during(
                images.before(),
                () -> Unchanged.during(images.after(), new FiguresPass(images, stacks, execution)::gathered));
    }

    private Figures gathered() throws IOException {
        Execution ofField = execution.part(0.8, 1);
        ComparisonTally total = compared(execution.part(0, 0.8));
        Optional<Statistics> field = Optional.empty();
        if (images.field().isPresent()) {
            field = Optional.of(measured(images.field().get(), ofField));
        }
        Bins shared =
                Bins.covering(total.before.counts().bins(), total.after.counts().bins(), MOST_BINS);
        int first = 0;
        String mask = "voxels where the mask is not 0";
        if (images.mask().isEmpty()) {
            first = aboveThreshold(total.before.counts());
            mask = first == 0
                    ? "all voxels, since no mask was given and those of the image before are alike"
                    : "voxels of at least "
                            + written(total.before.counts().bins().edge(first))
                            + ", Otsu's threshold of the image before, since no mask was given";
        }
        List<Figures.Profile> profiles = new ArrayList<>();
        for (int a = 0; a < axes.length; a++) {
            profiles.add(new Figures.Profile(
                    metadata.dimensions().get(axes[a]).axis(), total.before.profile(a), total.after.profile(a)));
        }
        return new Figures(
                total.before.statistics(),
                total.after.statistics(),
                field,
                shared.isEmpty() ? 0 : shared.edge(0),
                shared.isEmpty() ? 0 : shared.edge(shared.count()),
                histogram(total.before.counts(), shared),
                histogram(total.after.counts(), shared),
                profiles,
                mask,
                total.beforeInMask.from(first, shared),
                total.afterInMask.from(first, shared));
    }

    private static String written(double value) {
        return NumberList.written(
                new BigDecimal(value).round(new MathContext(6)).doubleValue());
    }

    private static List<Long> histogram(Counts counts, Bins shared) {
        return Arrays.stream(counts.in(shared)).boxed().toList();
    }

    /** The first bin above Otsu's threshold; 0 where all values are in one bin, or there are none. */
    private static int aboveThreshold(Counts counts) {
        Bins bins = counts.bins();
        if (bins.count() < 2) {
            return 0;
        }
        List<Long> each = Arrays.stream(counts.counts()).boxed().toList();
        double threshold = Otsu.thresholds(new Histogram(0, each.size(), each), 2)[0];
        return (int) threshold + 1;
    }

    private ComparisonTally compared(Execution running) throws IOException {
        boolean masked = images.mask().isPresent();
        ImageSource before = images.before();
        ImageSource after = images.after();
        Supplier<ComparisonTally> none = () -> new ComparisonTally(metadata, after.metadata(), masked, axes);
        Queue<ComparisonTally> idle = new ConcurrentLinkedQueue<>();
        Grid grid = Grid.of(metadata.interval(), cell(before, after));
        OrderedTasks.run(grid.inOrder().iterator(), grid.count(), fitting(grid, running), "Comparing", at -> {
            Interval interval = grid.interval(at);
            Block wanted = masked
                    ? images.mask()
                            .get()
                            .read(ofMask(interval, metadata, images.mask().get()))
                    : null;
            Block ofBefore = before.read(interval);
            Block ofAfter = after.read(interval);
            ComparisonTally free = idle.poll();
            ComparisonTally tally = free == null ? none.get() : free;
            tally.add(ofBefore, ofAfter, wanted);
            idle.add(tally);
            stacks.ifPresent(seen -> {
                seen.add(before, ofBefore);
                seen.add(after, ofAfter);
            });
        });
        ComparisonTally total = none.get();
        idle.forEach(total::add);
        return total;
    }

    private Statistics measured(ImageSource field, Execution running) throws IOException {
        Queue<Measurement> idle = new ConcurrentLinkedQueue<>();
        ImageMetadata ofField = field.metadata();
        Grid grid = Grid.of(ofField.interval(), cell(field, field));
        OrderedTasks.run(grid.inOrder().iterator(), grid.count(), fitting(grid, running), "Measuring the field", at -> {
            Block block = field.read(grid.interval(at));
            Measurement free = idle.poll();
            Measurement tally = free == null ? new Measurement(ofField.pixelType(), true) : free;
            tally.add(block);
            idle.add(tally);
            stacks.ifPresent(seen -> seen.add(field, block));
        });
        Measurement total = new Measurement(ofField.pixelType(), true);
        idle.forEach(total::add);
        return total.statistics(Figures.PERCENTILES);
    }

    /** With as many threads as there is memory for: each holds a cell of both images as it is and as float64. */
    private static Execution fitting(Grid grid, Execution execution) {
        long voxels = 1;
        for (long length : grid.cellShape()) {
            voxels *= length;
        }
        long lines = Arrays.stream(grid.region().shape()).sum();
        long each = 5 * Double.BYTES * voxels + (8 << 20) + 2 * lines * ExactSums.BYTES;
        long most = MemoryBudget.Share.PASS.bytes() / each;
        return execution.withThreads((int) Math.max(1, Math.min(execution.threads(), most)));
    }

    private static Interval ofMask(Interval interval, ImageMetadata image, ImageSource mask) {
        List<Dimension> dimensions = mask.metadata().dimensions();
        long[] min = new long[dimensions.size()];
        long[] max = new long[min.length];
        for (int d = 0; d < min.length; d++) {
            int of = image.indexOf(dimensions.get(d).axis());
            min[d] = of < 0 ? 0 : interval.min(of);
            max[d] = of < 0 ? 1 : interval.max(of);
        }
        return Interval.between(min, max);
    }

    /** Whole chunks of both, and whole pixels of pictures; larger where they are small, parts where they are large. */
    private long[] cell(ImageSource image, ImageSource other) {
        long[] lengths = image.metadata().interval().shape();
        int[] unit = new int[lengths.length];
        Arrays.fill(unit, 1);
        for (ImageSource shown : List.of(image, other)) {
            int[] wanted = stacks.map(seen -> seen.alignment(shown)).orElse(unit.clone());
            Arrays.setAll(unit, d -> Math.max(unit[d], wanted[d]));
        }
        long[] cell = new long[lengths.length];
        long voxels = 1;
        for (int d = 0; d < cell.length; d++) {
            int chunk = Math.max(image.chunkShape()[d], other.chunkShape()[d]);
            cell[d] = Math.min(lengths[d], Grid.covering(chunk, unit[d]) * unit[d]);
            voxels *= cell[d];
        }
        for (int d = cell.length - 1; d >= 0; d--) {
            while (voxels < LEAST && cell[d] < lengths[d]) {
                voxels = voxels / cell[d] * Math.min(2 * cell[d], lengths[d]);
                cell[d] = Math.min(2 * cell[d], lengths[d]);
            }
        }
        for (int d = 0; d < cell.length; d++) {
            while (voxels > MOST && cell[d] > unit[d]) {
                long half = Grid.covering(Grid.covering(cell[d], 2), unit[d]) * unit[d];
                voxels = voxels / cell[d] * half;
                cell[d] = half;
            }
        }
        return cell;
    }
}
