package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.Effort;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.plugins.gaussian.GaussianBiasFieldCorrection;

/** The progress tells how much of the time goes into what. */
class TimeSharesTest {
    private final ImageSource image = new Volumes.InMemory(
            Volumes.metadata(24, 24, 24), Volumes.Phantom.of(24).voxels());

    private double beforeWriting(ScaledProcessingPlugin plugin, int factor) throws Exception {
        return Effort.of(image, plugin, ScaledProcessingOptions.defaults().withDownsampleFactor(factor))
                .beforeWriting();
    }

    @Test
    void sharesFollowIterationsAndVoxels() throws Exception {
        // seen at 700³ voxels, factor 4: 5 s of 33 s by the Gaussian, 41 s of 76 s by N4
        assertEquals(0.16, beforeWriting(new GaussianBiasFieldCorrection(5), 4), 0.04);
        assertEquals(0.55, beforeWriting(new N4BiasFieldCorrection(), 4), 0.1);
        assertTrue(beforeWriting(new N4BiasFieldCorrection(Map.of("iterations", "1000")), 4) > 0.8);
        assertTrue(beforeWriting(new N4BiasFieldCorrection(), 8) < 0.3);
        assertTrue(beforeWriting(new N4BiasFieldCorrection(Map.of("shrinkFactor", 2)), 4) < 0.3);
    }

    @Test
    void anEstimateIsDividedIntoReadingAndIterations() throws Exception {
        List<Double> beforeIterations = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public synchronized void report(double fraction, String message) {
                (message.startsWith("level") ? all : beforeIterations).add(fraction);
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        };
        ScaledProcessing.apply(
                image,
                new N4BiasFieldCorrection(Map.of("iterations", "100", "tolerance", 0)),
                ScaledProcessingOptions.defaults().withDownsampleFactor(2),
                new Execution(1, progress));
        double reading = 8 / (8 + 100 * 2.3);
        assertEquals(
                reading,
                beforeIterations.stream()
                        .filter(part -> part < 1)
                        .mapToDouble(part -> part)
                        .max()
                        .orElseThrow(),
                1e-9);
        assertEquals(100, all.size());
        assertEquals(reading + (1 - reading) / 100, all.get(0), 1e-9);
        assertEquals(reading + (1 - reading) * 0.5, all.get(49), 1e-9);
    }
}
