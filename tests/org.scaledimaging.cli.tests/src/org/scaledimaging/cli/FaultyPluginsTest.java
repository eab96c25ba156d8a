package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.ChannelImage;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.Labelling;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.plugin.Plugin;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.SampledField;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.plugin.SegmentationPlugin;

/** Plugins of others that throw where they should not are named, with what they throw and where. */
class FaultyPluginsTest {
    private static final Parameter WHERE = Parameter.text("where", "nowhere", "Where to throw.");

    @TempDir
    private Path folder;

    private Path input;
    private Path output;

    private static void fail(ParameterValues parameters, String here) {
        if (parameters.text("where").equals(here)) {
            throw new ArithmeticException("thrown in " + here);
        }
    }

    private record Processing(PluginDescription description, ParameterValues parameters)
            implements ScaledProcessingPlugin {
        @Override
        public Field lowRes(LowResolutionImage image, Execution execution) {
            fail(parameters, "lowRes");
            if (parameters.text("where").equals("null")) {
                return null;
            }
            SampledField field = SampledField.of(image, image.voxels());
            return new Field() {
                @Override
                public int channels() {
                    return 1;
                }

                @Override
                public void evaluate(int channel, int[] steps, Block target) {
                    if (Arrays.stream(steps).allMatch(step -> step == 1)) {
                        fail(parameters, "field");
                    }
                    field.evaluate(channel, steps, target);
                }
            };
        }

        @Override
        public void highRes(Block block, Object field, Block result) {
            fail(parameters, "highRes");
            if (parameters.text("where").equals("recursion")) {
                highRes(block, field, result);
            }
        }
    }

    private record Segmenting(PluginDescription description, ParameterValues parameters) implements SegmentationPlugin {
        @Override
        public int labels() {
            fail(parameters, "labels");
            return 2;
        }

        @Override
        public void check(ImageMetadata image) {
            fail(parameters, "check");
        }

        @Override
        public Labelling prepare(ChannelImage channel, Execution execution) {
            fail(parameters, "prepare");
            return (voxels, labels) -> fail(parameters, "label");
        }
    }

    /** Of a plugin that fails in its way. */
    public static final class Processor implements PluginProvider {
        @Override
        public PluginDescription description() {
            return new PluginDescription("faulty", "Faulty", "For tests.", List.of(WHERE));
        }

        @Override
        public Class<? extends Plugin> pluginClass() {
            return ScaledProcessingPlugin.class;
        }

        @Override
        public Plugin create(ParameterValues parameters) {
            fail(parameters, "create");
            return new Processing(description(), parameters);
        }
    }

    /** Likewise, for segmentation. */
    public static final class Segmenter implements PluginProvider {
        @Override
        public PluginDescription description() {
            return new PluginDescription("wrong-labels", "Wrong labels", "For tests.", List.of(WHERE));
        }

        @Override
        public Class<? extends Plugin> pluginClass() {
            return SegmentationPlugin.class;
        }

        @Override
        public Plugin create(ParameterValues parameters) {
            return new Segmenting(description(), parameters);
        }
    }

    /** Cannot say what it is. */
    public static final class Speechless implements PluginProvider {
        @Override
        public PluginDescription description() {
            throw new IllegalStateException("no words");
        }

        @Override
        public Class<? extends Plugin> pluginClass() {
            return ScaledProcessingPlugin.class;
        }

        @Override
        public Plugin create(ParameterValues parameters) {
            throw new AssertionError();
        }
    }

    @BeforeEach
    void writeAnImage() throws Exception {
        input = Samples.nifti(folder);
        output = folder.resolve("out.nii");
    }

    /** Runs a command where a provider is installed, as on a class path. */
    private Run run(Class<?> provider, Object... arguments) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(PluginProvider.class.getName()), provider.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] place = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(place, FaultyPluginsTest.class.getClassLoader())) {
            thread.setContextClassLoader(loader);
            return Run.of(arguments);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void named(String sentence, Run run) {
        assertEquals(Exit.FAILED, run.exitCode(), run::err);
        List<String> lines = run.err()
                .lines()
                .filter(line -> line.startsWith("scaled-imaging: "))
                .toList();
        assertEquals(1, lines.size(), run::err);
        assertTrue(lines.get(0).matches("scaled-imaging: " + sentence), lines.get(0));
        assertFalse(run.err().contains("    at "), run::err);
        assertFalse(run.err().contains("internal error"), run::err);
        assertFalse(Files.exists(output));
    }

    @ParameterizedTest
    @CsvSource({
        "create, making",
        "lowRes, low-resolution step",
        "highRes, full-resolution step",
        "field, field",
    })
    void aPluginForScaledProcessingIsNamed(String where, String step) throws Exception {
        named(
                "Plugin faulty: found java.lang.ArithmeticException: thrown in " + where
                        + " at org.scaledimaging.cli.FaultyPluginsTest.fail \\(FaultyPluginsTest.java:\\d+\\) in its "
                        + step + ", expected a plugin that does not fail there\\.",
                process(where));
    }

    private Run process(String where) throws Exception {
        return run(Processor.class, "process", input, output, "--plugin", "faulty", "-p", "where=" + where);
    }

    @Test
    void nothingInsteadOfAFieldAndEndlessRecursionAreNamedToo() throws Exception {
        named(
                "Plugin faulty: found java.lang.NullPointerException: no field .* low-resolution step.*",
                process("null"));
        named("Plugin faulty: found java.lang.StackOverflowError .* full-resolution step.*", process("recursion"));
    }

    @ParameterizedTest
    @CsvSource({"labels, number of labels", "check, check of the image", "prepare, preparation", "label, labelling"})
    void aPluginForSegmentationIsNamed(String where, String step) throws Exception {
        named(
                "Plugin wrong-labels: found java.lang.ArithmeticException: thrown in " + where + " at .* in its " + step
                        + ", expected a plugin that does not fail there\\.",
                run(Segmenter.class, "segment", input, output, "--plugin", "wrong-labels", "-p", "where=" + where));
    }

    @Test
    void aProviderThatCannotSayWhatItIsIsNamed() throws Exception {
        named(
                "Plugin org\\.scaledimaging\\.cli\\.FaultyPluginsTest\\$Speechless: found"
                        + " java.lang.IllegalStateException: no words at .* in its description.*",
                run(Speechless.class, "plugins"));
    }

    @Test
    void anAuthorGetsTheStackTraceWhoAsksForIt() throws Exception {
        System.setProperty("scaledimaging.trace", "true");
        try {
            String said = process("highRes").err();
            assertTrue(said.contains("    at org.scaledimaging.cli.FaultyPluginsTest$Processing.highRes"), said);
        } finally {
            System.clearProperty("scaledimaging.trace");
        }
    }
}
