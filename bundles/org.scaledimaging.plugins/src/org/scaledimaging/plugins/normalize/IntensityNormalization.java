package org.scaledimaging.plugins.normalize;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.DescribedPlugin;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.plugin.LowResolutionVolumes;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.statistics.ExactPercentiles;

/**
 * Normalisation of intensities: two percentiles of the low-resolution image, per volume, channel or image, are mapped to the
 * ends of a range: {@code outputMin + (voxel − lower) / (higher − lower) · (outputMax − outputMin)}, clamped if asked for;
 * where both are the same, {@code outputMin + (voxel − lower)}. The field has two channels, the lower and the higher
 * percentile. NaN and infinite voxels do not count and stay what they are.
 */
public final class IntensityNormalization extends DescribedPlugin implements ScaledProcessingPlugin {
    private static final String LOW = "lowPercentile";
    private static final String HIGH = "highPercentile";
    private static final String MIN = "outputMin";
    private static final String MAX = "outputMax";
    private static final String CLAMP = "clamp";
    private static final String SCOPE = "scope";
    private static final String VOLUME = "volume";
    private static final String CHANNEL = "channel";
    private static final String IMAGE = "image";

    /** Which part of the time goes into reading the image. */
    private static final double READING = 0.9;

    static final PluginDescription DESCRIPTION = new PluginDescription(
            "normalize",
            "Intensity normalisation",
            "Maps intensities linearly, so that two percentiles of the low-resolution image become the ends of a range.",
            List.of(
                    Parameter.number(LOW, 1, 0, 100, "%", "The percentile that becomes outputMin; 0 is the minimum."),
                    Parameter.number(
                            HIGH, 99, 0, 100, "%", "The percentile that becomes outputMax; 100 is the maximum."),
                    output(MIN, 0, "What the lower percentile becomes."),
                    output(MAX, 1, "What the higher percentile becomes."),
                    Parameter.bool(
                            CLAMP, false, "Whether what lies beyond the percentiles becomes outputMin or outputMax."),
                    Parameter.choice(
                            SCOPE,
                            VOLUME,
                            List.of(VOLUME, CHANNEL, IMAGE),
                            "Whose percentiles: those of each volume (one channel at one time point), of each channel over"
                                    + " all time points, or of the whole image.")));

    /** This plugin, for those who list what is installed. */
    public static final PluginProvider PROVIDER =
            PluginProvider.of(DESCRIPTION, IntensityNormalization.class, IntensityNormalization::new);

    private final double min;
    private final double max;
    private final boolean clamp;

    IntensityNormalization(ParameterValues parameters) throws ParameterException {
        super(DESCRIPTION, parameters);
        this.min = parameters.number(MIN);
        this.max = parameters.number(MAX);
        this.clamp = parameters.bool(CLAMP);
        checkOrder(LOW, HIGH);
        checkOrder(MIN, MAX);
    }

    /**
     * @param parameters by name, those that are not to have their default
     * @throws ParameterException when one is unknown or not accepted
     */
    public IntensityNormalization(Map<String, ?> parameters) throws ParameterException {
        this(ParameterValues.of(DESCRIPTION, parameters));
    }

    private static Parameter output(String name, double value, String description) {
        return Parameter.number(
                name, value, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "intensity", description);
    }

    private void checkOrder(String lower, String higher) throws ParameterException {
        double low = parameters().number(lower);
        double high = parameters().number(higher);
        if (!(low < high)) {
            throw new ParameterException(
                    Setting.parameter(higher), high, "a number above " + lower + ", " + NumberList.written(low));
        }
    }

    @Override
    public int fieldChannels() {
        return 2;
    }

    @Override
    public Field lowRes(LowResolutionImage image, Execution execution) throws IOException {
        double[] percentiles = percentiles(number -> image.voxels(), 1, execution.progress());
        tell(List.of(percentiles), execution);
        return field(percentiles);
    }

    @Override
    public List<Field> lowResOfAll(LowResolutionVolumes volumes, Execution execution) throws IOException {
        Progress progress = execution.progress();
        int count = volumes.count();
        Map<Long, List<Integer>> together = new TreeMap<>();
        for (int number = 0; number < count; number++) {
            Progress reading = progress.part(READING * number / count, READING * (number + 1) / count);
            volumes.image(number, execution.withProgress(reading));
            together.computeIfAbsent(group(volumes, number), group -> new ArrayList<>())
                    .add(number);
        }
        Map<Long, double[]> found = new TreeMap<>();
        Progress finding = progress.part(READING, 1);
        int groups = together.size();
        for (Map.Entry<Long, List<Integer>> group : together.entrySet()) {
            Progress part = finding.part((double) found.size() / groups, (found.size() + 1.0) / groups);
            List<Integer> numbers = group.getValue();
            found.put(
                    group.getKey(),
                    percentiles(i -> volumes.image(numbers.get(i), execution).voxels(), numbers.size(), part));
        }
        tell(found.values(), execution);
        Map<Long, Field> fieldOf = new TreeMap<>();
        found.forEach((group, percentiles) -> fieldOf.put(group, field(percentiles)));
        List<Field> fields = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            fields.add(fieldOf.get(group(volumes, number)));
        }
        return fields;
    }

    /** Volumes of the same number have their percentiles in common. */
    private long group(LowResolutionVolumes volumes, int number) {
        return switch (parameters().text(SCOPE)) {
            case VOLUME -> number;
            case CHANNEL -> volumes.channel(number);
            default -> 0;
        };
    }

    private double[] percentiles(ExactPercentiles.Blocks blocks, int count, Progress progress) throws IOException {
        return ExactPercentiles.of(
                blocks, count, progress, parameters().number(LOW), parameters().number(HIGH));
    }

    /** Says where there is nothing to scale by. */
    private void tell(Collection<double[]> all, Execution execution) {
        long same = all.stream().filter(ends -> ends[0] == ends[1]).count();
        if (same > 0) {
            String where = all.size() == 1
                    ? ""
                    : " for " + same + " of " + all.size() + " (" + parameters().text(SCOPE) + "s)";
            execution.tell(Notice.warning("Both percentiles are the same" + where
                    + ", as where nearly all voxels are alike: intensities are only shifted there. Percentiles farther"
                    + " apart scale them, such as " + Setting.parameter(HIGH) + "=99.99."));
        }
    }

    private Field field(double[] percentiles) {
        return Double.isNaN(percentiles[0]) ? Constants.of(min, max) : Constants.of(percentiles);
    }

    @Override
    public Field field(LowResolutionImage image, List<Block> coefficients) {
        return new Constants(coefficients.get(0));
    }

    @Override
    public long workingMemory(ImageMetadata volume) {
        return 1 << 22; // histograms; of the image, a volume at a time
    }

    @Override
    public void highRes(Block block, Object field, Block result) {
        int size = block.size();
        if (block.pixelType() == PixelType.FLOAT32) {
            float[] voxels = (float[]) block.voxels();
            float[] ends = (float[]) field;
            float[] mapped = (float[]) result.voxels();
            for (int i = 0; i < size; i++) {
                mapped[i] = Float.isFinite(voxels[i]) ? (float) map(voxels[i], ends[i], ends[size + i]) : voxels[i];
            }
        } else {
            double[] voxels = (double[]) block.voxels();
            double[] ends = (double[]) field;
            double[] mapped = (double[]) result.voxels();
            for (int i = 0; i < size; i++) {
                mapped[i] = Double.isFinite(voxels[i]) ? map(voxels[i], ends[i], ends[size + i]) : voxels[i];
            }
        }
    }

    private double map(double voxel, double lower, double higher) {
        double slope = higher > lower ? (max - min) / (higher - lower) : 1;
        double mapped = min + (voxel - lower) * slope;
        return clamp ? Math.max(min, Math.min(max, mapped)) : mapped;
    }
}
