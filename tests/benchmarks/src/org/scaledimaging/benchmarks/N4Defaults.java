package org.scaledimaging.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.plugins.n4.N4BiasFieldCorrection;

/**
 * Runs N4 on volumes whose field is known, with its defaults and with other parameters, at the downsample factors 1, 2
 * and 4: the table of docs/n4.md. In each cell, for the three factors: the standard deviation that is left of the log
 * field where the object is, and the correlation with the true one.
 *
 * <p>Argument: docs/sample/brain.nii.gz.
 */
public final class N4Defaults {
    private static final int[] FACTORS = {1, 2, 4};

    private N4Defaults() {}

    public static void main(String[] arguments) throws Exception {
        List<StudyVolume> volumes = volumes(Path.of(arguments[0]));
        System.out.println(
                "| volume | imposed | " + String.join(" | ", settings().keySet()) + " |");
        System.out.println("|---".repeat(settings().size() + 2) + "|");
        for (StudyVolume volume : volumes) {
            StringBuilder line = new StringBuilder("| " + volume.name());
            line.append(String.format(
                    Locale.ROOT,
                    " | %.3f",
                    volume.compare(ones(volume.voxels().length)).imposed()));
            for (Map<String, ?> parameters : settings().values()) {
                line.append(" | ").append(cell(volume, parameters));
            }
            System.out.println(line.append(" |"));
        }
        StudyVolume millimeters = StudyVolume.phantom("mm", 0.1, "millimeter");
        StudyVolume micrometers = StudyVolume.phantom("um", 100, "micrometer");
        for (int factor : FACTORS) {
            float[] one = field(millimeters, Map.of(), factor);
            float[] other = field(micrometers, Map.of(), factor);
            double worst = 0;
            for (int i = 0; i < one.length; i++) {
                worst = Math.max(worst, Math.abs(one[i] - other[i]));
            }
            System.out.printf(
                    Locale.ROOT, "Phantom in mm and in micrometres, factor %d: fields differ by %.1e%n", factor, worst);
        }
    }

    private static Map<String, Map<String, ?>> settings() {
        Map<String, Map<String, ?>> settings = new LinkedHashMap<>();
        settings.put("**defaults**", Map.of());
        settings.put(
                "as before, and ITK's: 200, 50, 10⁻³, none",
                Map.of("splineSpacing", 200, "iterations", 50, "tolerance", 1e-3, "mask", "none"));
        settings.put(
                "2x2x2, 50 × 4, 10⁻⁷, none",
                Map.of("splineSpacing", "2x2x2", "iterations", "50,50,50,50", "tolerance", 1e-7, "mask", "none"));
        settings.put("mask otsu", Map.of("mask", "otsu"));
        settings.put("mask positive", Map.of("mask", "positive"));
        settings.put("iterations 200", Map.of("iterations", "200"));
        settings.put("iterations 100,25", Map.of("iterations", "100,25"));
        settings.put("iterations 200,50,50", Map.of("iterations", "200,50,50"));
        return settings;
    }

    private static List<StudyVolume> volumes(Path sample) throws Exception {
        StudyVolume head = StudyVolume.head(sample, "head", (x, y, z) -> 0.35 * x - 0.3 * y + 0.25 * x * z);
        StudyVolume even = StudyVolume.head(sample, "head, no field", (x, y, z) -> 0);
        return List.of(
                head,
                even,
                head.withBackground("head, background 0", null),
                head.withBackground("head, field inside only", even),
                head.thickSlices("head, z voxels ten times longer", 10),
                StudyVolume.phantom("phantom", 0.1, "millimeter"),
                StudyVolume.lightSheet("light sheet, offset 0", 0),
                StudyVolume.lightSheet("light sheet, offset 100", 100),
                StudyVolume.constant(100));
    }

    private static String cell(StudyVolume volume, Map<String, ?> parameters) throws Exception {
        StringBuilder residuals = new StringBuilder();
        StringBuilder correlations = new StringBuilder();
        for (int factor : FACTORS) {
            StudyVolume.Figures figures = volume.compare(field(volume, parameters, factor));
            residuals.append(factor == 1 ? "" : " ").append(String.format(Locale.ROOT, "%.3f", figures.residual()));
            if (figures.imposed() > 0) {
                correlations.append(factor == 1 ? "; " : " ");
                correlations.append(String.format(Locale.ROOT, "%.2f", figures.correlation()));
            }
        }
        return residuals.append(correlations).toString();
    }

    private static float[] field(StudyVolume volume, Map<String, ?> parameters, int factor) throws Exception {
        int thin = (int) Math.min(factor, volume.metadata().shape()[0]);
        ScaledProcessing.Result result = ScaledProcessing.apply(
                volume,
                new N4BiasFieldCorrection(parameters),
                ScaledProcessingOptions.defaults().withDownsampleFactor(thin, factor, factor),
                Execution.standard());
        return (float[]) result.field().read(volume.metadata().interval()).voxels();
    }

    private static float[] ones(int length) {
        float[] ones = new float[length];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }
}
