package org.scaledimaging.cli.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.scaledimaging.cli.option.output.Output;
import org.scaledimaging.cli.option.output.OutputSettings;
import org.scaledimaging.cli.terminal.OptionNames;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.engine.target.TemporaryFolder;

/**
 * Estimates how long work takes by a sample that is really done: a box in the middle of one volume is read, worked on
 * and written into the system's temporary folder, for two seconds at most.
 *
 * @param preparing seconds before the first voxel can be read, as it takes to unpack a file
 * @param estimating seconds for a byte of what the sample is of, until results can be computed; NaN where no part of it
 *     came to its end
 * @param applying seconds for a byte after that
 * @param bytes of what the sample is of
 * @param seconds that the sample took
 * @param failure why it could not be taken
 */
public record TimeSample(
        double preparing, double estimating, double applying, long bytes, double seconds, Optional<String> failure) {
    private static final double MOST_SECONDS = 2;
    private static final double MOST_PREPARING = 1;
    private static final long FIRST_VOXELS = 1 << 15;

    /** What a part of the time left may be asked for: the next box should come to its end. */
    private static final double OF_THE_REST = 0.6;

    /**
     * For all of an image.
     *
     * @param estimates how many there are for each volume
     */
    double of(ImageMetadata image, double estimates) {
        return preparing + (estimating * estimates + applying) * bytes(image);
    }

    static double bytes(ImageMetadata image) {
        double bytes = image.pixelType().bytes();
        for (Dimension dimension : image.dimensions()) {
            bytes *= dimension.length();
        }
        return bytes;
    }

    /**
     * Takes it.
     *
     * @throws ImageFormatException when what the sample is of is damaged: the job would be refused as well
     */
    static TimeSample of(Planned planned, Output output, OutputSettings settings, Execution execution)
            throws ImageFormatException {
        Clock clock = new Clock(execution.progress());
        Execution silent = execution.withNotices(notice -> {});
        double preparing = 0;
        Image sampled = planned.sampled();
        try {
            try {
                sampled.prepare(silent.withProgress(clock.until(MOST_PREPARING)));
                preparing = clock.seconds();
            } catch (CancellationException e) {
                execution.progress().checkCancelled();
                preparing = clock.seconds() / Math.max(clock.fraction, 1e-3);
                sampled = Image.of(new StandIn(sampled.metadata()));
            }
            return boxes(oneVolume(sampled), planned.steps(), output, settings, silent, clock, preparing);
        } catch (ParameterException e) {
            execution.tell(Notice.warning("A sample of the image was refused, and so may be all of it: "
                    + FileFailures.oneLine(e.sentence(OptionNames.TABLE))));
            return failed(preparing, "a sample was refused.");
        } catch (ImageFormatException e) {
            throw e;
        } catch (IOException e) {
            execution.progress().checkCancelled();
            return failed(preparing, FileFailures.sentence(e, OptionNames.TABLE));
        }
    }

    private static TimeSample failed(double preparing, String sentence) {
        return new TimeSample(preparing, Double.NaN, Double.NaN, 0, 0, Optional.of(FileFailures.oneLine(sentence)));
    }

    /**
     * The first box warms up, and is all there is where time is short; another follows, of the same size at least, and more
     * that grow until the time is used.
     */
    private static TimeSample boxes(
            Image volume,
            Planned.Steps steps,
            Output output,
            OutputSettings settings,
            Execution execution,
            Clock clock,
            double preparing)
            throws IOException, ParameterException {
        double estimating = 0;
        double seconds = 0;
        long voxels = 0;
        boolean first = true;
        long next = FIRST_VOXELS;
        double begun = clock.seconds();
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            while (true) {
                double start = clock.seconds();
                Image box = box(volume, next);
                long here = voxels(box.metadata());
                Execution limited = execution.withProgress(clock.until(MOST_SECONDS));
                Path place = folder.path().resolve(here + "-" + output.place().name());
                Output target = new Output(ImageLocation.of(place), output.format());
                Image made = steps.apply(box, limited.part(0, 0.5));
                double estimated = clock.seconds() - start;
                Image written = settings.type().convert(made, volume.metadata().pixelType());
                target.save(written, settings, List.of(), limited.part(0.5, 1));
                boolean again = here == voxels; // all of it, a second time
                seconds = clock.seconds() - start;
                estimating = estimated;
                voxels = here;
                double left = MOST_SECONDS - clock.seconds();
                next = (long) (here * Math.min(64, OF_THE_REST * left / seconds));
                if (again || left <= 0 || next < here && !first) {
                    break;
                }
                next = Math.max(next, here); // warm, it takes a part of the time
                first = false;
                AtomicTarget.deleteAll(place);
            }
        } catch (CancellationException e) {
            execution.progress().checkCancelled();
            if (voxels == 0 && clock.fraction > 0) { // told by how far the first one came
                voxels = voxels(box(volume, FIRST_VOXELS).metadata());
                seconds = (clock.seconds() - begun) / clock.fraction;
                estimating = seconds / 2;
            }
        }
        if (voxels == 0) {
            return failed(preparing, "a sample of two seconds did not come to its end.");
        }
        long bytes = voxels * volume.metadata().pixelType().bytes();
        return new TimeSample(
                preparing, estimating / bytes, (seconds - estimating) / bytes, bytes, seconds, Optional.empty());
    }

    private static Image oneVolume(Image image) throws ParameterException {
        Image volume = image;
        for (Axis axis : List.of(Axis.T, Axis.C)) {
            if (volume.metadata().indexOf(axis) >= 0) {
                volume = axis == Axis.T ? volume.time(0) : volume.channel(0);
            }
        }
        return volume;
    }

    /** A box in the middle, of so many voxels or a few less: axes are halved, the longest first. */
    private static Image box(Image volume, long most) throws ParameterException {
        List<Long> lengths = new ArrayList<>(
                volume.metadata().spatial().stream().map(Dimension::length).toList());
        List<Long> all = List.copyOf(lengths);
        while (lengths.stream().reduce(1L, (a, b) -> a * b) > most) {
            int longest = 0;
            for (int d = 0; d < lengths.size(); d++) {
                longest = lengths.get(d) > lengths.get(longest) ? d : longest;
            }
            lengths.set(longest, lengths.get(longest) / 2);
        }
        List<Long> min = new ArrayList<>();
        List<Long> max = new ArrayList<>();
        for (int d = 0; d < lengths.size(); d++) {
            long from = (all.get(d) - lengths.get(d)) / 2;
            min.add(from);
            max.add(from + lengths.get(d));
        }
        return volume.crop(min, max);
    }

    private static long voxels(ImageMetadata image) {
        return image.dimensions().stream().mapToLong(Dimension::length).reduce(1, (a, b) -> a * b);
    }

    /** Ends what takes longer than it may, and knows how far that came. */
    private static final class Clock {
        private final long start = System.nanoTime();
        private final Progress whole;
        private volatile double fraction;

        Clock(Progress whole) {
            this.whole = whole;
        }

        double seconds() {
            return (System.nanoTime() - start) / 1e9;
        }

        Progress until(double seconds) {
            return Progress.of((done, message) -> fraction = done, () -> whole.isCancelled() || seconds() > seconds);
        }
    }
}
