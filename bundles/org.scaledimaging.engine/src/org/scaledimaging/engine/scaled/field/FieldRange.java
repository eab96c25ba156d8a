package org.scaledimaging.engine.scaled.field;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.scaledimaging.engine.block.Interval;
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
        long thickness = Math.max(1, SLAB_VOXELS / layer);
        int slabs = Math.toIntExact((region.length(0) + thickness - 1) / thickness);
        OrderedTasks.run(
                IntStream.range(0, slabs).iterator(),
                slabs,
                execution.withProgress(execution.progress().untold()),
                "",
                slab -> look(slab * thickness, thickness));
        StringBuilder text = new StringBuilder();
        for (int channel = 0; channel < least.length; channel++) {
            text.append(channel == 0 ? "from " : ", from ");
            text.append(rounded(least[channel])).append(" to ").append(rounded(greatest[channel]));
        }
        return text.toString();
    }

    private void look(long from, long thickness) throws IOException {
        long[] min = region.mins();
        long[] max = region.maxs();
        min[0] += from;
        max[0] = Math.min(max[0], min[0] + thickness);
        Interval slab = Interval.between(min, max);
        float[] values = new float[Math.toIntExact(slab.voxels())];
        for (int channel = 0; channel < least.length; channel++) {
            try {
                field.evaluate(channel, factors, slab, values);
            } catch (RuntimeException | Error e) {
                throw PluginFailure.in(plugin, "field", e);
            }
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (float value : values) {
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
