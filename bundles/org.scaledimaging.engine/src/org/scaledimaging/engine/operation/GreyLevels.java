package org.scaledimaging.engine.operation;

import java.io.IOException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.wait.CancellableLock;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Levels;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.statistics.ValueSample;

/**
 * Checks whether the integer type that an image was converted to can hold its values: an image of values around 1
 * becomes one of 0, 1 and 2. Immutable but for what it has found out.
 *
 * <p>What is looked at is a sample of each channel's values before the conversion, at the coarsest resolution; where that
 * leaves few grey levels, noise or blur may be the reason, and a sample at full resolution decides, beside one of the image
 * as it was opened: what has few levels itself, such as a mask, may be stored in few.
 */
public final class GreyLevels {
    /** So many grey levels between the percentiles are always enough. */
    private static final int ENOUGH = 64;

    /** An image that has fewer itself is a mask or the like. */
    private static final int FEW = 16;

    /** The part of the image's own levels that may be lost even where few are left: subtraction loses half of them. */
    private static final int PART = 3;

    private static final double LOW = 1;
    private static final double HIGH = 99;

    /** How much of the voxels may be clamped without a word. */
    private static final double CLAMPED = 0.01;

    private static final int MOST_VOXELS = 1 << 20;

    /** @param image before it was converted */
    private record Conversion(ImageSource image, PixelType type) {}

    /** How many levels a sample holds, and which part of it lies beyond the type. */
    private record Held(int levels, double low, double high, double clamped) {}

    private final ImageSource opened;
    private final Optional<Conversion> conversion;
    private final CancellableLock checking = new CancellableLock();
    private volatile boolean fits;

    private GreyLevels(ImageSource opened, Optional<Conversion> conversion) {
        this.opened = opened;
        this.conversion = conversion;
    }

    /** Of an image that nothing was done to. */
    public static GreyLevels of(ImageSource opened) {
        return new GreyLevels(opened, Optional.empty());
    }

    /**
     * Of what an operation made of the image.
     *
     * @param before the image it was applied to
     * @param after what it gave
     */
    public GreyLevels then(Operation operation, ImageSource before, ImageSource after)
            throws IOException, ParameterException {
        return switch (operation.effect()) {
            case SAME -> placed(operation, before, after);
            case CONVERTED -> converted(before, after.metadata().pixelType());
            case COMPUTED -> of(opened);
            case LABELS -> of(after);
        };
    }

    private GreyLevels converted(ImageSource before, PixelType type) {
        boolean loses = type.isInteger()
                && !type.holdsAllOf(before.metadata().pixelType())
                && !before.metadata().labels();
        return loses ? new GreyLevels(opened, Optional.of(new Conversion(before, type))) : this;
    }

    /** After an operation that passes values on: what is looked at has to be the same part of the image. */
    private GreyLevels placed(Operation operation, ImageSource before, ImageSource after)
            throws IOException, ParameterException {
        ImageSource original = opened == before ? after : apply(operation, opened);
        return conversion.isEmpty()
                ? new GreyLevels(original, conversion)
                : new GreyLevels(
                        original,
                        Optional.of(new Conversion(
                                apply(operation, conversion.get().image()),
                                conversion.get().type())));
    }

    private static ImageSource apply(Operation operation, ImageSource image) throws IOException, ParameterException {
        return operation.on(image, Operation.Run.withoutPlugins());
    }

    /**
     * Reads the samples, once; warns where a part of the values is clamped.
     *
     * @throws ParameterException when the integer type holds next to nothing of what the image has
     */
    public void check(Execution execution) throws IOException, ParameterException {
        if (fits || conversion.isEmpty()) {
            return;
        }
        checking.lock(execution.progress()::isCancelled);
        try {
            if (!fits) {
                readAndCompare(execution);
                fits = true;
            }
        } finally {
            checking.unlock();
        }
    }

    private void readAndCompare(Execution execution) throws IOException, ParameterException {
        ImageMetadata metadata = conversion.get().image().metadata();
        long channels = metadata.length(Axis.C);
        double clamped = 0;
        for (long channel = 0; channel < channels; channel++) {
            clamped = Math.max(clamped, check(conversion.get(), channel, execution));
        }
        PixelType type = conversion.get().type();
        if (clamped > CLAMPED) {
            execution.tell(Notice.warning(String.format(
                    Locale.ROOT,
                    "%s: %.0f %% of the voxels%s lie outside of what %s holds and become its least or greatest value.",
                    Setting.OUTPUT_TYPE,
                    100 * clamped,
                    channels > 1 ? " of a channel" : "",
                    type.label())));
        }
    }

    /** @return which part of the channel's voxels is clamped */
    private double check(Conversion asked, long channel, Execution execution) throws IOException, ParameterException {
        ImageSource small = asked.image().levels().stream()
                .min(Comparator.comparingDouble(Levels::voxels))
                .orElseThrow();
        Held held = held(ValueSample.of(small, channel, MOST_VOXELS, execution), asked.type());
        if (held.levels() >= ENOUGH) {
            return held.clamped();
        }
        if (small != asked.image()) {
            held = held(ValueSample.of(asked.image(), channel, MOST_VOXELS, execution), asked.type());
        }
        int own = levels(ValueSample.of(opened, channel, MOST_VOXELS, execution));
        if (held.levels() < ENOUGH && own >= FEW && held.levels() * PART < own) {
            throw new ParameterException(
                    Setting.OUTPUT_TYPE,
                    String.format(
                            Locale.ROOT,
                            "%s, in which channel %d has %d grey level%s from its 1st to its 99th percentile, %.4g to"
                                    + " %.4g",
                            asked.type().label(),
                            channel,
                            held.levels(),
                            held.levels() == 1 ? "" : "s",
                            held.low(),
                            held.high()),
                    ENOUGH + " or more: the type float32, or values that fill the range of "
                            + asked.type().label()
                            + " (gaussian or n4 with keepMean=true, or the plugin normalize with"
                            + " outputMax=" + (asked.type().bytes() == 1 ? 255 : 65535) + ")");
        }
        return held.clamped();
    }

    private static Held held(ValueSample sample, PixelType type) {
        if (sample.isEmpty()) {
            return new Held(ENOUGH, 0, 0, 0);
        }
        double[] values = sample.values();
        double[] stored = stored(values, type);
        int beyond = 0;
        for (int i = 0; i < values.length; i++) {
            beyond += Math.abs(stored[i] - values[i]) > 0.5 ? 1 : 0; // rounding moves by half at most
        }
        int first = (int) Math.ceil((values.length - 1) * (LOW / 100));
        int last = (int) Math.floor((values.length - 1) * (HIGH / 100));
        return new Held(
                distinct(stored, first, last),
                sample.percentile(LOW),
                sample.percentile(HIGH),
                (double) beyond / values.length);
    }

    private static double[] stored(double[] values, PixelType type) {
        Object voxels = type.allocate(values.length);
        PixelConversion.convert(PixelType.FLOAT64, values, type, voxels, values.length);
        double[] stored = new double[values.length];
        PixelConversion.convert(type, voxels, PixelType.FLOAT64, stored, values.length);
        return stored;
    }

    private static int levels(ValueSample sample) {
        double[] values = sample.values();
        int first = (int) Math.ceil((values.length - 1) * (LOW / 100));
        int last = (int) Math.floor((values.length - 1) * (HIGH / 100));
        return distinct(values, first, last);
    }

    /** How many different values there are from one place of ascending values to another. */
    private static int distinct(double[] ascending, int first, int last) {
        int levels = ascending.length == 0 ? 0 : 1;
        for (int i = first + 1; i <= last; i++) {
            levels += ascending[i] != ascending[i - 1] ? 1 : 0;
        }
        return levels;
    }
}
