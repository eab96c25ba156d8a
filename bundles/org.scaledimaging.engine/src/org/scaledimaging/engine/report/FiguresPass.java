package org.scaledimaging.engine.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.statistics.Histogram;
import org.scaledimaging.engine.statistics.ImageStatistics;
import org.scaledimaging.engine.statistics.Otsu;
import org.scaledimaging.engine.statistics.Statistics;

/**
 * Gathers figures at full resolution, block by block: statistics of each image first, then both images together on bins
 * that hold both. The same to the bit on any number of threads.
 */
public final class FiguresPass {
    private static final int LEAST = 1 << 18;
    private static final int MOST = 1 << 22;

    /** Both images as one thread counts them. */
    private record Pair(FiguresTally before, FiguresTally after) {}

    private FiguresPass() {}

    /** @throws ParameterException when shapes do not agree */
    public static Figures of(Comparison images, Execution execution) throws IOException, ParameterException {
        images.check();
        ImageSource source = images.before();
        Statistics before = ImageStatistics.of(source, Figures.PERCENTILES, execution);
        Statistics after = ImageStatistics.of(images.after(), Figures.PERCENTILES, execution);
        Optional<Statistics> field = Optional.empty();
        if (images.field().isPresent()) {
            field = Optional.of(ImageStatistics.of(images.field().get(), Figures.PERCENTILES, execution));
        }
        ImageMetadata metadata = source.metadata();
        double threshold = Double.NaN;
        String mask = "voxels where the mask is not 0";
        if (images.mask().isEmpty()) {
            if (before.finiteVoxels() == 0 || before.minimum() == before.maximum()) {
                threshold = Double.NEGATIVE_INFINITY;
                mask = "all voxels, since there is no mask and all are alike";
            } else {
                Histogram histogram = ImageStatistics.histogram(source, metadata.interval(), 0, execution);
                double[] found = Otsu.thresholds(histogram, 2);
                threshold = found.length == 0 ? Double.NEGATIVE_INFINITY : found[0];
                mask = "voxels above Otsu's threshold of the image before, " + threshold + ", since no mask was given";
            }
        }
        double low = least(before.minimum(), after.minimum());
        double high = -least(-before.maximum(), -after.maximum());
        Pair total = count(images, low, high, threshold, execution);
        List<Figures.Profile> profiles = new ArrayList<>();
        int[] axes = spatial(metadata);
        for (int a = 0; a < axes.length; a++) {
            profiles.add(new Figures.Profile(
                    metadata.dimensions().get(axes[a]).axis(), total.before.profile(a), total.after.profile(a)));
        }
        source.checkUnchanged();
        images.after().checkUnchanged();
        return new Figures(
                before,
                after,
                field,
                low,
                high,
                total.before.histogram(),
                total.after.histogram(),
                profiles,
                mask,
                total.before.inMask(),
                total.after.inMask());
    }

    /** The lesser of two, of which NaN is none; 0 where both are. */
    private static double least(double a, double b) {
        double least = Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
        return Double.isNaN(least) ? 0 : least;
    }

    private static Pair count(Comparison images, double low, double high, double threshold, Execution execution)
            throws IOException {
        ImageMetadata metadata = images.before().metadata();
        Interval all = metadata.interval();
        int[] axes = spatial(metadata);
        Queue<Pair> idle = new ConcurrentLinkedQueue<>();
        Grid grid = Grid.of(all, cell(images.before()));
        OrderedTasks.run(grid.inOrder().iterator(), grid.count(), execution, "Comparing", at -> {
            Interval interval = grid.interval(at);
            Pair free = idle.poll();
            Pair pair = free != null
                    ? free
                    : new Pair(
                            new FiguresTally(low, high, axes, all.shape()),
                            new FiguresTally(low, high, axes, all.shape()));
            double[] before = values(images.before().read(interval));
            IntPredicate mask = i -> before[i] > threshold;
            if (images.mask().isPresent()) {
                double[] wanted = values(images.mask()
                        .get()
                        .read(ofMask(interval, metadata, images.mask().get())));
                mask = i -> wanted[i] != 0;
            }
            pair.before.add(before, interval, mask);
            pair.after.add(values(images.after().read(interval)), interval, mask);
            idle.add(pair);
        });
        Pair total = new Pair(
                new FiguresTally(low, high, axes, all.shape()), new FiguresTally(low, high, axes, all.shape()));
        for (Pair pair : idle) {
            total.before.add(pair.before);
            total.after.add(pair.after);
        }
        return total;
    }

    private static double[] values(Block block) {
        return (double[]) block.convert(PixelType.FLOAT64).voxels();
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

    /** Whole chunks of one channel and time point, by the shape of image and chunks alone. */
    private static int[] cell(ImageSource image) {
        ImageMetadata metadata = image.metadata();
        int[] cell = image.chunkShape().clone();
        long voxels = 1;
        for (int d = 0; d < cell.length; d++) {
            boolean spatial = metadata.dimensions().get(d).axis().isSpatial();
            cell[d] = spatial ? (int) Math.min(cell[d], metadata.interval().length(d)) : 1;
            voxels *= cell[d];
        }
        for (int d = cell.length - 1; d >= 0; d--) {
            boolean spatial = metadata.dimensions().get(d).axis().isSpatial();
            while (spatial && voxels < LEAST && cell[d] < metadata.interval().length(d)) {
                voxels = voxels
                        / cell[d]
                        * Math.min(2L * cell[d], metadata.interval().length(d));
                cell[d] = (int) Math.min(2L * cell[d], metadata.interval().length(d));
            }
        }
        for (int d = 0; d < cell.length; d++) {
            while (voxels > MOST && cell[d] > 1) {
                voxels = voxels / cell[d] * ((cell[d] + 1) / 2);
                cell[d] = (cell[d] + 1) / 2;
            }
        }
        return cell;
    }

    private static int[] spatial(ImageMetadata metadata) {
        return IntStream.range(0, metadata.dimensions().size())
                .filter(d -> metadata.dimensions().get(d).axis().isSpatial())
                .toArray();
    }
}
