package org.scaledimaging.cli.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.scaledimaging.cli.option.Shapes;
import org.scaledimaging.cli.option.output.Output;
import org.scaledimaging.cli.option.output.OutputSettings;
import org.scaledimaging.cli.terminal.Durations;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.execute.plan.ReadingPlan;
import org.scaledimaging.engine.format.FileWriter;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.nifti.NiftiWriter;
import org.scaledimaging.engine.format.omezarr.OmeZarrLayout;
import org.scaledimaging.engine.format.omezarr.OmeZarrWriter;
import org.scaledimaging.engine.format.tiff.write.TiffWriter;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;

/**
 * The files that would be written, and what that would take.
 *
 * @param written the image
 * @param levels how many resolutions of it
 * @param passes how often the source is read as a whole
 * @param lowResolution the images that estimates are made from
 * @param memory in bytes, at most
 * @param size of the output in bytes, before compression
 * @param estimates how many there are for each volume and plugin
 * @param read what the time depends on
 * @param time how long it takes
 */
public record Plan(
        ImageMetadata written,
        int levels,
        int passes,
        List<ImageMetadata> lowResolution,
        long memory,
        double size,
        double estimates,
        ImageMetadata read,
        TimeSample time) {
    private static final int NIFTI_HEADER = 352;

    /**
     * Looks at what is planned as the job would, then takes a sample.
     *
     * @param image in the pixel type that is written
     * @param sources files that are read
     * @param like the plan whose sample serves, if there is one
     * @throws ParameterException when the job would be refused
     */
    public static Plan of(
            Planned planned,
            Image image,
            Output output,
            OutputSettings settings,
            Collection<Path> sources,
            Execution execution,
            Optional<Plan> like)
            throws IOException, ParameterException {
        output.check(image, settings, sources);
        if (like.isEmpty()) {
            image.tellLabels(output.isOmeZarr() ? Optional.of(settings.omeZarr()) : Optional.empty(), execution);
        }
        ImageMetadata metadata = image.metadata();
        ReadingPlan reading;
        double size;
        int levels = 1;
        long memory = planned.bytes();
        if (output.isOmeZarr()) {
            OmeZarrWriteOptions options = image.resolved(settings.omeZarr());
            reading = OmeZarrWriter.reading(image.source(), options, execution.threads());
            List<ImageMetadata> all = OmeZarrLayout.of(image.source(), options).levels();
            levels = all.size();
            size = all.stream().mapToDouble(TimeSample::bytes).sum();
        } else if (output.kind() == Output.Kind.OME_TIFF) {
            reading = TiffWriter.reading(image.source(), settings.tiff(), execution.threads());
            List<ImageMetadata> all = TiffWriter.levels(image.source(), settings.tiff());
            levels = all.size();
            size = all.stream().mapToDouble(TimeSample::bytes).sum();
        } else {
            Optional<FileWriter> writer = output.format().writer();
            reading = writer.isPresent()
                    ? writer.get().reading(image.source(), execution.threads())
                    : NiftiWriter.reading(image.source(), execution.threads());
            size = TimeSample.bytes(metadata) + NIFTI_HEADER;
            boolean compressed = output.place().name().endsWith(".gz");
            memory += compressed ? (long) Math.min(MemoryBudget.Share.SLAB.bytes(), size) : 0;
        }
        memory += reading.workingBytes() + Math.min(reading.openBytes(), MemoryBudget.Share.PASS.bytes());
        return new Plan(
                metadata,
                levels,
                planned.passes(),
                planned.lowResolution(),
                memory,
                size,
                planned.estimates(),
                planned.sampled().metadata(),
                like.isPresent() ? like.get().time() : TimeSample.of(planned, output, settings, execution));
    }

    /** How long it takes, by the sample; NaN where that failed. */
    public double seconds() {
        return time.of(read, estimates);
    }

    /** As an object of JSON. */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("levels", levels);
        facts.put("passes", passes);
        facts.put(
                "lowResolution",
                lowResolution.stream()
                        .map(low -> Arrays.stream(low.shape()).boxed().toList())
                        .toList());
        facts.put("memoryBytes", memory);
        facts.put("uncompressedBytes", (long) size);
        facts.put("estimatedSeconds", Math.round(seconds() * 10) / 10.0);
        if (Double.isNaN(seconds())) {
            facts.put("estimatedSeconds", null);
        }
        Map<String, Object> sample = new LinkedHashMap<>();
        sample.put("bytes", time.bytes());
        sample.put("seconds", Math.round(time.seconds() * 1000) / 1000.0);
        time.failure().ifPresent(failure -> sample.put("failure", failure));
        facts.put("sample", sample);
        return facts;
    }

    /** As lines, each of a name and a value. */
    public void forEach(BiConsumer<String, String> line) {
        line.accept("axes", written.axes());
        line.accept("shape", Shapes.text(written.shape()));
        line.accept("pixel type", written.pixelType().label());
        line.accept("levels", Integer.toString(levels));
        line.accept("passes", passes + " over the source");
        for (ImageMetadata low : lowResolution) {
            line.accept("low resolution", Shapes.text(low.shape()));
        }
        line.accept("memory", "up to " + bytes(memory));
        line.accept("size", bytes(size) + " before compression");
        line.accept("time", timeInWords());
    }

    private String timeInWords() {
        if (time.failure().isPresent()) {
            return "unknown: " + time.failure().get();
        }
        return String.format(
                Locale.ROOT,
                "about %s, an estimate from %s in %.1f s",
                Durations.rounded((long) (1e9 * seconds())),
                bytes(time.bytes()),
                time.seconds());
    }

    /** A number of bytes for people. */
    public static String bytes(double bytes) {
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        double value = bytes;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    }
}
