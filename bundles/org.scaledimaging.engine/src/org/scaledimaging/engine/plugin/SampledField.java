package org.scaledimaging.engine.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.resample.LinearInterpolation;
import org.scaledimaging.engine.spill.StoredBlock;

/**
 * A field given by its values at the voxels of the low-resolution image; between their centres it is interpolated
 * linearly, beyond the outermost it is constant.
 */
public final class SampledField implements Field {
    private final int[] shape;
    private final int[] factors;
    private final List<StoredBlock> channels;

    private SampledField(int[] shape, int[] factors, List<StoredBlock> channels) {
        this.shape = shape;
        this.factors = factors;
        this.channels = channels;
    }

    /**
     * @param image the low-resolution image it was estimated on
     * @param channels one or more blocks on the image's grid, all of type float32 or all float64; not to be changed
     *     afterwards
     */
    public static SampledField of(LowResolutionImage image, Block... channels) {
        Interval grid = image.voxels().interval();
        if (channels.length == 0) {
            throw new IllegalArgumentException("a field needs a channel");
        }
        for (Block channel : channels) {
            if (!channel.interval().equals(grid)) {
                throw new IllegalArgumentException(
                        "a field on " + channel.interval() + " for a low-resolution image on " + grid);
            }
            if (channel.pixelType() != channels[0].pixelType()
                    || channel.pixelType().isInteger()) {
                throw new IllegalArgumentException("a field of type " + channel.pixelType());
            }
        }
        int[] shape = {1, 1, 1};
        int[] factors = {1, 1, 1};
        int missing = 3 - grid.axes();
        for (int d = 0; d < grid.axes(); d++) {
            shape[missing + d] = Math.toIntExact(grid.length(d));
            factors[missing + d] = image.factors()[d];
        }
        return new SampledField(
                shape,
                factors,
                Arrays.stream(channels)
                        .<StoredBlock>map(StoredBlock.InMemory::new)
                        .toList());
    }

    /** The same field with its samples where they are kept now: one block for each channel. */
    public SampledField storedIn(List<StoredBlock> blocks) {
        return new SampledField(shape, factors, blocks);
    }

    @Override
    public int channels() {
        return channels.size();
    }

    /** The samples of each channel. */
    @Override
    public List<Block> coefficients() {
        return IntStream.range(0, channels.size()).mapToObj(this::samples).toList();
    }

    /** The values of a channel on the low-resolution grid; not to be changed. */
    public Block samples(int channel) {
        try {
            return channels.get(channel).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void evaluate(int channel, int[] steps, Block target) {
        Interval wanted = threeAxes(target.interval());
        int[] wantedSteps = threeAxes(steps);
        Interval part = part(channel, wantedSteps, wanted);
        Block samples = samples(channel, part, steps.length).convert(target.pixelType());
        LinearInterpolation.evaluate(samples.at(part), factors, wantedSteps, target.at(wanted));
    }

    /** What to have of the samples: all where they are in memory, and what is needed where they are in a file. */
    private Interval part(int channel, int[] steps, Interval region) {
        return channels.get(channel).isInMemory() || region.isEmpty()
                ? Interval.ofShape(shape[0], shape[1], shape[2])
                : LinearInterpolation.needed(shape, factors, steps, region);
    }

    private Block samples(int channel, Interval part, int axes) {
        StoredBlock stored = channels.get(channel);
        if (stored.isInMemory()) {
            return samples(channel);
        }
        Interval own = axes == 3
                ? part
                : Interval.between(new long[] {part.min(1), part.min(2)}, new long[] {part.max(1), part.max(2)});
        Block block = Block.allocate(stored.pixelType(), own);
        try {
            stored.read(block);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return block;
    }

    private static int[] threeAxes(int[] steps) {
        return steps.length == 3 ? steps : new int[] {1, steps[0], steps[1]};
    }

    private static Interval threeAxes(Interval region) {
        if (region.axes() == 3) {
            return region;
        }
        return Interval.between(
                new long[] {0, region.min(0), region.min(1)}, new long[] {1, region.max(0), region.max(1)});
    }
}
