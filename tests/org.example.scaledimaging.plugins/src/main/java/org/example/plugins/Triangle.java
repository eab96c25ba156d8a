package org.example.plugins;

import java.io.IOException;
import java.util.List;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.ChannelImage;
import org.scaledimaging.engine.plugin.Labelling;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.SegmentationPlugin;
import org.scaledimaging.engine.statistics.Histogram;

/**
 * Two classes by the triangle method: G. W. Zack, W. E. Rogers and S. A. Latt, "Automatic measurement of sister chromatid
 * exchange frequency", Journal of Histochemistry and Cytochemistry 25 (1977). A line goes from the histogram's peak to the
 * end of its longer tail; the threshold is the bin that lies farthest below the line.
 */
public final class Triangle implements SegmentationPlugin {
    static final PluginDescription DESCRIPTION = new PluginDescription(
            "triangle",
            "Triangle threshold",
            "Separates a peak of background from a long tail by the triangle method, in each channel.",
            List.of(
                    Parameter.integer(
                            "bins",
                            0,
                            0,
                            65536,
                            "",
                            "Bins of the histogram; 0 for one for each value of integers, else 256."),
                    Parameter.bool("darkIsOne", false, "Label dark voxels 1 and bright ones 0.")));

    private final ParameterValues parameters;

    Triangle(ParameterValues parameters) {
        this.parameters = parameters;
    }

    @Override
    public PluginDescription description() {
        return DESCRIPTION;
    }

    @Override
    public ParameterValues parameters() {
        return parameters;
    }

    @Override
    public int labels() {
        return 2;
    }

    @Override
    public Labelling prepare(ChannelImage channel, Execution execution) throws IOException {
        Histogram histogram = channel.histogram((int) parameters.integer("bins"), execution);
        double threshold = histogram.bins() == 0 ? Double.POSITIVE_INFINITY : histogram.centre(bin(histogram.counts()));
        // NaN is above nothing, and not below anything either: it is 0 both ways.
        return parameters.bool("darkIsOne")
                ? Labelling.ofVoxels(voxel -> voxel <= threshold ? 1 : 0)
                : Labelling.thresholds(List.of(threshold), false);
    }

    private static int bin(List<Long> counts) {
        int first = 0;
        while (counts.get(first) == 0) {
            first++;
        }
        int last = counts.size() - 1;
        while (counts.get(last) == 0) {
            last--;
        }
        int peak = first;
        for (int i = first; i <= last; i++) {
            peak = counts.get(i) > counts.get(peak) ? i : peak;
        }
        // Walk from the end of the longer tail towards the peak; of bins that are equally far the first counts.
        boolean tailIsBright = last - peak > peak - first;
        int end = tailIsBright ? last : first;
        int step = tailIsBright ? -1 : 1;
        double slope = (double) counts.get(peak) / Math.max(1, Math.abs(peak - end));
        int farthest = end;
        double distance = Double.NEGATIVE_INFINITY;
        for (int i = end, n = 0; i != peak; i += step, n++) {
            double below = slope * n - counts.get(i);
            if (below > distance) {
                distance = below;
                farthest = i;
            }
        }
        return farthest;
    }
}
