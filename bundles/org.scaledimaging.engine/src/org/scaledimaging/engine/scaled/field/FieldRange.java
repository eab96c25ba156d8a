package org.scaledimaging.engine.scaled.field;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.Plugin;
import org.scaledimaging.engine.plugin.PluginFailure;

/** The least and the greatest value of each channel of a field, at the centres of the low-resolution voxels. */
public final class FieldRange {
    private static final int SLAB_VOXELS = 1 << 18;
    private static final int DIGITS = 4;

    private final Field field;
    private final int[] factors;
    private final Interval region;
    private final Plugin plugin;
    private final float[] least;
    private final float[] greatest;

    /**
     * @param plugin whose field it is
     * @param region of the low-resolution image
     */
    public FieldRange(Plugin plugin, Field field, int[] factors, Interval region) {
        this.plugin = plugin;
        this.field = field;
        this.factors = factors;
        this.region = region;
        this.least = new float[field.channels()];
        this.greatest = new float[field.channels()];
        Arrays.fill(least, Float.POSITIVE_INFINITY);
        Arrays.fill(greatest, Float.NEGATIVE_INFINITY);
    }

    /** @return such as "from 0.53 to 1.42", for several channels with commas between */
    public String find(Execution execution) throws IOException {
        long layer = region.voxels() / region.length(0);
        long[] slab = region.shape();
        slab[0] = Math.max(1, SLAB_VOXELS / layer);
        Grid slabs = Grid.of(region, slab);
        OrderedTasks.run(
                slabs.inOrder().iterator(),
                slabs.count(),
                execution.withProgress(execution.progress().untold()),
                "",
                cell -> look(slabs.interval(cell)));
        StringBuilder text = new StringBuilder();
        for (int channel = 0; channel < least.length; channel++) {
            text.append(channel == 0 ? "from " : ", from ");
            text.append(rounded(least[channel])).append(" to ").append(rounded(greatest[channel]));
        }
        return text.toString();
    }

    private void look(Interval slab) throws IOException {
        Block values = Block.allocate(PixelType.FLOAT32, slab);
        for (int channel = 0; channel < least.length; channel++) {
            try {
                field.evaluate(channel, factors, values);
            } catch (RuntimeException | Error e) {
                throw PluginFailure.in(plugin, "field", e);
            }
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (float value : (float[]) values.voxels()) {
                low = value < low ? value : low;
                high = value > high ? value : high;
            }
            synchronized (this) {
                least[channel] = Math.min(least[channel], low);
                greatest[channel] = Math.max(greatest[channel], high);
            }
        }
    }

    private static String rounded(float value) {
        if (!Float.isFinite(value)) {
            return Float.toString(value);
        }
        BigDecimal decimal =
                new BigDecimal(value).round(new MathContext(DIGITS)).stripTrailingZeros();
        boolean plain = value == 0 || Math.abs(value) >= 1e-4 && Math.abs(value) < 1e7;
        return plain ? decimal.toPlainString() : decimal.toString();
    }
}
