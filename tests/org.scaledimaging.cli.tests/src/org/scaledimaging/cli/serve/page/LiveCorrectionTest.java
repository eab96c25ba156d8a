package org.scaledimaging.cli.serve.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.cli.Samples;
import org.scaledimaging.cli.serve.Correction;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.plugin.Plugin;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.SampledField;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

class LiveCorrectionTest {
    private static final ScaledProcessingOptions BY_2 =
            ScaledProcessingOptions.defaults().withDownsampleFactor(2);
    private static final PluginRegistry INSTALLED = PluginRegistry.installed();

    private static LiveCorrection live(PluginRegistry registry, ScaledProcessingPlugin... chain) throws Exception {
        return LiveCorrection.start(
                Samples.volume(20, 24, 28),
                on(BY_2, chain),
                Execution.standard().withThreads(2),
                registry);
    }

    private static Correction on(ScaledProcessingOptions options, ScaledProcessingPlugin... chain) {
        return new Correction(Arrays.stream(chain)
                .map(plugin -> new Correction.Step(plugin, options))
                .toList());
    }

    private static double[] processed(String... sigmas) throws Exception {
        Image image = Samples.volume(20, 24, 28);
        for (String sigma : sigmas) {
            image = image.applyScaledProcessing(
                    INSTALLED.create("gaussian", Map.of("sigma", sigma)), BY_2, Execution.standard());
        }
        return Samples.voxels(image);
    }

    @Test
    void eachVersionIsWhatProcessingGives() throws Exception {
        ScaledProcessingPlugin gaussian = INSTALLED.create("gaussian", Map.of("sigma", "3"));
        try (LiveCorrection live = live(INSTALLED, gaussian, gaussian)) {
            assertArrayEquals(processed("3", "3"), Samples.voxels(live.current().corrected()));
            LiveCorrection.Version changed = live.change(List.of(Map.of("sigma", "1"), Map.of("sigma", "2")), true);
            assertEquals(2, changed.number());
            assertFalse(changed.preliminary(), "gaussian has nothing quicker");
            assertEquals(changed, live.current());
            assertArrayEquals(processed("1", "2"), Samples.voxels(changed.corrected()));
            assertTrue(live.version(1).isPresent());
            assertArrayEquals(
                    processed("3", "3"), Samples.voxels(live.version(1).get().corrected()));
            live.change(List.of(), false);
            live.change(List.of(), false);
            assertEquals(Optional.empty(), live.version(1), "a version that three came after");
            assertArrayEquals(processed("5", "5"), Samples.voxels(live.current().corrected()));
        }
    }

    @Test
    void eachPluginWorksOnItsOwnChannels(@TempDir Path folder) throws Exception {
        Path five = Samples.fiveAxes(folder);
        Image image = Image.open(five);
        ScaledProcessingPlugin gaussian = INSTALLED.create("gaussian", Map.of("sigma", "2"));
        Correction correction = Correction.of(List.of(gaussian, gaussian), List.of("0", "1,2"), BY_2);
        try (LiveCorrection live =
                LiveCorrection.start(image, correction, Execution.standard().withThreads(2), INSTALLED)) {
            Image expected = Image.open(five)
                    .applyScaledProcessing(gaussian, BY_2.withOnChannels("0"), Execution.standard())
                    .applyScaledProcessing(gaussian, BY_2.withOnChannels("1,2"), Execution.standard());
            assertArrayEquals(
                    Samples.voxels(expected), Samples.voxels(live.current().corrected()));
            live.change(List.of(Map.of("sigma", "1"), Map.of("sigma", "3")), false);
            assertEquals("", live.doing(), "nothing is being done any more");
            assertEquals(
                    "1,2",
                    live.current()
                            .correction()
                            .steps()
                            .get(1)
                            .options()
                            .onChannels()
                            .orElse(""));
        }
    }

    @Test
    void whatIsQuickerIsShownAsPreliminary() throws Exception {
        Image image = Samples.volume(40, 50, 60);
        ScaledProcessingOptions by1 = ScaledProcessingOptions.defaults().withDownsampleFactor(1);
        Correction n4 = on(by1, INSTALLED.create("n4", Map.of("iterations", "2")));
        try (LiveCorrection live =
                LiveCorrection.start(image, n4, Execution.standard().withThreads(2), INSTALLED)) {
            List<Map<String, String>> asked = List.of(Map.of("iterations", "3", "mask", "none"));
            LiveCorrection.Version rough = live.change(asked, true);
            assertTrue(rough.preliminary());
            assertEquals(
                    1L,
                    rough.correction().chain().get(0).parameters().integer("shrinkFactor"),
                    "what is asked for is what is said");
            Image quicker = Samples.volume(40, 50, 60)
                    .applyScaledProcessing(
                            INSTALLED.create("n4", Map.of("iterations", "3", "mask", "none", "shrinkFactor", "2")),
                            by1,
                            Execution.standard());
            assertArrayEquals(Samples.voxels(quicker), Samples.voxels(rough.corrected()));
            assertFalse(live.change(asked, false).preliminary());
        }
    }

    @Test
    void whatIsNotAcceptedLeavesTheVersionAsItIs() throws Exception {
        try (LiveCorrection live = live(INSTALLED, INSTALLED.create("gaussian", Map.of()))) {
            LiveCorrection.Version before = live.current();
            ParameterException refused =
                    assertThrows(ParameterException.class, () -> live.change(List.of(Map.of("sigma", "-1")), false));
            assertTrue(refused.getMessage().contains("sigma"), refused.getMessage());
            assertEquals(before, live.current());
        }
    }

    @Test
    void aNewerChangeEndsTheEstimateOfAnOlder() throws Exception {
        Waiting.Provider provider = new Waiting.Provider();
        PluginRegistry registry = PluginRegistry.of(List.of(provider));
        try (LiveCorrection live = live(registry, registry.create("waiting", Map.of()))) {
            FutureTask<LiveCorrection.Version> older =
                    new FutureTask<>(() -> live.change(List.of(Map.of("wait", "true")), false));
            new Thread(older).start();
            assertTrue(provider.started.await(60, TimeUnit.SECONDS));
            LiveCorrection.Version newer = live.change(List.of(Map.of("wait", "false")), false);
            assertEquals(2, newer.number());
            ExecutionException ended = assertThrows(ExecutionException.class, () -> older.get(60, TimeUnit.SECONDS));
            assertEquals(CancellationException.class, ended.getCause().getClass());
            assertEquals(newer, live.current());
        }
    }

    /** Its estimate lasts until it is cancelled, if that is wanted. */
    private record Waiting(Provider provider, ParameterValues parameters) implements ScaledProcessingPlugin {
        @Override
        public PluginDescription description() {
            return provider.description();
        }

        @Override
        public Field lowRes(LowResolutionImage image, Execution execution) {
            while (parameters.bool("wait")) {
                provider.started.countDown();
                execution.progress().checkCancelled();
                Thread.onSpinWait();
            }
            return SampledField.of(image, image.voxels());
        }

        @Override
        public void highRes(Block block, Object field, Block result) {
            result.copyFrom(block);
        }

        private static final class Provider implements PluginProvider {
            private final CountDownLatch started = new CountDownLatch(1);

            @Override
            public PluginDescription description() {
                return new PluginDescription(
                        "waiting", "Waiting", "Waits.", List.of(Parameter.bool("wait", false, "Whether it waits.")));
            }

            @Override
            public Class<? extends Plugin> pluginClass() {
                return Waiting.class;
            }

            @Override
            public Plugin create(ParameterValues values) {
                return new Waiting(this, values);
            }
        }
    }
}
