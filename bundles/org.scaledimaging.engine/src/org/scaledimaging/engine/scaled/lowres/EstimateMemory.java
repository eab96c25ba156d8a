package org.scaledimaging.engine.scaled.lowres;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/**
 * The memory that an estimate holds at once, added up from metadata alone: one volume at low resolution, what the
 * plugin takes beside it, and what is kept in memory for the result.
 *
 * @param image at full resolution, of any order of axes
 * @param chain one plugin, or several that are applied one to another's result
 * @param available bytes
 * @param held how much may be kept in memory for the result, in bytes
 * @param sent whether volumes are sent to other processes, which need not have one in an array of bytes of this one's
 */
public record EstimateMemory(
        ImageMetadata image, List<ScaledProcessingPlugin> chain, long available, long held, boolean sent) {
    /** The longest array that every JVM makes. */
    private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    /** This part of the memory is left to blocks on their way. */
    private static final int SPARE = 8;

    /** What this library and others hold in any case, in bytes. */
    private static final long BASE = 16 << 20;

    /** What an executor has in this process, whose heap is as large as it may become. */
    public static EstimateMemory of(
            ImageMetadata image, List<ScaledProcessingPlugin> chain, MemoryBudget held, Executor executor) {
        long longLived = MemoryBudget.longLived();
        boolean sent = !executor.sharesMemory() && volumes(image) > 1;
        return new EstimateMemory(
                image, chain, Math.max(BASE / 2, longLived - longLived / SPARE - BASE), held.most(), sent);
    }

    private static double volumes(ImageMetadata image) {
        return image.dimensions().stream()
                .filter(dimension -> !dimension.axis().isSpatial())
                .mapToDouble(dimension -> dimension.length())
                .reduce(1, (a, b) -> a * b);
    }

    /**
     * @param given the downsample factor, one for all spatial axes or one for each
     * @throws ParameterException when there is not enough memory, naming the least factor that does
     */
    public void check(List<Integer> given) throws ParameterException {
        ImageMetadata volume = volume(given, 1);
        if (fits(volume)) {
            return;
        }
        int times = 2;
        int least = given.size() == 1 ? given.get(0) + 1 : 0;
        while (!fits(volume(given.size() == 1 ? List.of(least) : given, given.size() == 1 ? 1 : times))) {
            times++;
            least++;
        }
        List<Integer> enough = given.size() == 1 ? List.of(least) : factors(given, times);
        String shape = Arrays.stream(volume.shape()).mapToObj(Long::toString).collect(Collectors.joining(" x "));
        boolean array = count(volume) > longest(volume);
        String needs = array ? "" : needs(volume);
        throw new ParameterException(
                Setting.DOWNSAMPLE_FACTOR,
                text(given) + ", which makes a low-resolution image of " + shape + " voxels"
                        + (array
                                ? String.format(Locale.ROOT, ", more than the %,d that one can have", longest(volume))
                                : needs),
                (given.size() == 1 ? "at least " : "factors like ") + text(enough) + ", for which the "
                        + MemoryBudget.written(available) + " that are left to it of Java's memory are enough"
                        + (array ? "" : ", or more " + Setting.MEMORY));
    }

    /** Which plugin of the chain needs most, and how much. */
    private String needs(ImageMetadata volume) {
        ScaledProcessingPlugin most = chain.get(0);
        for (ScaledProcessingPlugin plugin : chain) {
            most = needed(volume, plugin) > needed(volume, most) ? plugin : most;
        }
        return ", for which " + most.description().id() + " needs " + MemoryBudget.written(needed(volume, most))
                + " of memory";
    }

    /**
     * How many volumes can be read and estimated at once, at least 1.
     *
     * @param given as for {@link #check}, which has been
     * @param most that would be of use
     */
    public int volumesAtOnce(List<Integer> given, int most) throws ParameterException {
        ImageMetadata volume = volume(given, 1);
        double atOnce = most;
        for (ScaledProcessingPlugin plugin : chain) {
            atOnce = Math.min(atOnce, (available - kept(volume, plugin)) / working(volume, plugin));
        }
        return (int) Math.max(1, atOnce);
    }

    /**
     * What is needed beside the image's own chunks, for people.
     *
     * @param given as for {@link #check}, which has been
     * @param atOnce how many volumes are read and estimated at once
     */
    public String plan(List<Integer> given, int atOnce) throws ParameterException {
        return String.format(
                Locale.ROOT, "%.0f MiB for the low-resolution image and the estimate", bytes(given, atOnce) / 0x1p20);
    }

    /** As {@link #plan}, in bytes. */
    public double bytes(List<Integer> given, int atOnce) throws ParameterException {
        ImageMetadata volume = volume(given, 1);
        double most = 0;
        for (ScaledProcessingPlugin plugin : chain) {
            most = Math.max(most, atOnce * working(volume, plugin) + kept(volume, plugin));
        }
        return most;
    }

    private static String text(List<Integer> factors) {
        return factors.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private boolean fits(ImageMetadata volume) {
        return count(volume) <= longest(volume)
                && chain.stream().allMatch(plugin -> needed(volume, plugin) <= available);
    }

    private static double count(ImageMetadata volume) {
        return Arrays.stream(volume.shape()).asDoubleStream().reduce(1, (a, b) -> a * b);
    }

    private long longest(ImageMetadata volume) {
        return sent ? LONGEST_ARRAY / volume.pixelType().bytes() : LONGEST_ARRAY;
    }

    /** @param volume that one array can have */
    private double needed(ImageMetadata volume, ScaledProcessingPlugin plugin) {
        return working(volume, plugin) + kept(volume, plugin);
    }

    /** While a volume is estimated: the volume, and what the plugin takes. */
    private double working(ImageMetadata volume, ScaledProcessingPlugin plugin) {
        return bytes(volume) + (sent ? 2 * bytes(volume) : plugin.workingMemory(volume));
    }

    /** For the result. What is too large for that is handed to the plugin itself, everything else as a copy. */
    private double kept(ImageMetadata volume, ScaledProcessingPlugin plugin) {
        double bytes = bytes(volume);
        return bytes > held ? 0 : Math.min(held, volumes(image) * bytes * (1 + plugin.fieldChannels()));
    }

    private static double bytes(ImageMetadata volume) {
        return count(volume) * volume.pixelType().bytes();
    }

    /** The metadata of a low-resolution volume. */
    private ImageMetadata volume(List<Integer> given, int times) throws ParameterException {
        int[] perAxis = SpatialAxes.factors(Setting.DOWNSAMPLE_FACTOR, given, image);
        for (int d = 0; d < perAxis.length; d++) {
            if (image.dimensions().get(d).axis().isSpatial()) {
                long factor = Math.min(
                        (long) perAxis[d] * times, image.dimensions().get(d).length());
                perAxis[d] = (int) Math.min(factor, Integer.MAX_VALUE);
            }
        }
        PixelType working = image.pixelType().working();
        return Volumes.volumeMetadata(image.downsampled(perAxis).withPixelType(working));
    }

    private List<Integer> factors(List<Integer> given, int times) throws ParameterException {
        int[] perAxis = SpatialAxes.only(SpatialAxes.factors(Setting.DOWNSAMPLE_FACTOR, given, image), image);
        long[] lengths = Volumes.volumeMetadata(image).shape();
        for (int d = 0; d < perAxis.length; d++) {
            perAxis[d] = (int) Math.min((long) perAxis[d] * times, lengths[d]);
        }
        return Arrays.stream(perAxis).boxed().toList();
    }
}
