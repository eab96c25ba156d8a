package org.scaledimaging.cli.option;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.cli.Main;
import org.scaledimaging.cli.Run;
import org.scaledimaging.cli.Samples;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.Plugin;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.PluginProviders;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/** A third party's plugins, in a jar that the command line is told of. */
class PluginPathTest {
    private static final Path EXAMPLE = Path.of(
            System.getProperty("project.root"),
            "tests/org.example.scaledimaging.plugins/target/org.example.scaledimaging.plugins-1.0.0.jar");
    private static final String SERVICES = "META-INF/services/" + PluginProvider.class.getName();

    @TempDir
    Path folder;

    @BeforeEach
    void theExampleIsBuilt() {
        assumeTrue(Files.exists(EXAMPLE), EXAMPLE + " is not built");
    }

    @Test
    void thePluginsAndTheirParametersAreListed() throws Exception {
        JsonNode list =
                Run.of("--plugin-path", EXAMPLE, "plugins", "--json").done().json();
        assertEquals(
                List.of("flatten", "gaussian", "n4", "triangle"),
                list.findValuesAsText("id").stream()
                        .filter(id ->
                                List.of("flatten", "gaussian", "n4", "triangle").contains(id))
                        .toList());
        JsonNode flatten = Run.of("plugins", "flatten", "--json", "--plugin-path", EXAMPLE)
                .done()
                .json();
        assertEquals("process", flatten.path("verb").asText());
        assertEquals(
                List.of("choice", "integers", "integer", "number", "boolean", "image"),
                flatten.path("parameters").findValuesAsText("type"));
        String text =
                Run.of("plugins", "triangle", "--plugin-path", EXAMPLE).done().out();
        assertTrue(text.contains("Run by: scaled-imaging segment --plugin triangle"), text);
        Run.of("plugins", "triangle").refused(Exit.WRONG_USAGE, List.of("triangle", "gaussian"));
    }

    @Test
    void thePluginsAreRun() throws Exception {
        Path input = Samples.nifti(folder);
        Path jars = Files.createDirectory(folder.resolve("jars"));
        Files.copy(EXAMPLE, jars.resolve("example.jar"));
        Path flat = folder.resolve("flat.nii");
        Run.of(
                        "process",
                        input,
                        flat,
                        "--plugin-path",
                        jars,
                        "--plugin",
                        "flatten",
                        "-p",
                        "how=subtract",
                        "-p",
                        "keepBrightness=false",
                        "-p",
                        "strength=0")
                .done();
        assertArrayEquals(Samples.voxels(input), Samples.voxels(flat));
        Path labels = folder.resolve("labels.nii");
        Run run = Run.of("segment", input, labels, "--plugin-path", jars, "--plugin", "triangle", "-p", "bins=64")
                .done();
        double threshold = Double.parseDouble(run.err()
                .lines()
                .filter(line -> line.startsWith("Thresholds: "))
                .findFirst()
                .orElseThrow()
                .substring(12));
        assertArrayEquals(
                Arrays.stream(Samples.voxels(input))
                        .map(v -> v > threshold ? 1 : 0)
                        .toArray(),
                Samples.voxels(labels));
        Path dark = folder.resolve("dark.nii");
        Run.of(
                        "segment",
                        input,
                        dark,
                        "--plugin-path",
                        jars,
                        "--plugin",
                        "triangle",
                        "-p",
                        "bins=64",
                        "-p",
                        "darkIsOne=true")
                .done();
        assertArrayEquals(Arrays.stream(Samples.voxels(labels)).map(v -> 1 - v).toArray(), Samples.voxels(dark));
    }

    @Test
    void theVariableDoesAsTheOptionDoes() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "plugins",
                "triangle");
        builder.environment().put("SCALED_IMAGING_PLUGIN_PATH", EXAMPLE + File.pathSeparator + EXAMPLE.getParent());
        Path said = folder.resolve("said.txt");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertEquals(0, process.waitFor(), () -> said.toString());
        assertTrue(Files.readString(said).startsWith("triangle - "), Files.readString(said));
    }

    @Test
    void optionsOfSegmentThatDoNotGoTogetherAreRefused() {
        Path output = folder.resolve("out.nii");
        for (List<String> wrong : List.of(
                List.of("--threshold", "3"),
                List.of("--inclusive"),
                List.of("--classes", "3"),
                List.of("--bins", "9"))) {
            Object[] arguments = {"segment", EXAMPLE, output, "--plugin-path", EXAMPLE, "--plugin", "triangle"};
            Object[] all = Arrays.copyOf(arguments, arguments.length + wrong.size());
            System.arraycopy(wrong.toArray(), 0, all, arguments.length, wrong.size());
            Run.of(all).refused(Exit.WRONG_USAGE, List.of(wrong.get(0), "--plugin", ": found ", ", expected "));
        }
        Run.of("segment", EXAMPLE, output, "-p", "bins=3")
                .refused(Exit.WRONG_USAGE, List.of("-p: found it alone, expected --plugin along with it"));
        Run.of("segment", EXAMPLE, output, "--plugin-path", EXAMPLE, "--plugin", "triangle", "-p", "bins=-1")
                .refused(Exit.WRONG_USAGE, List.of("-p bins: found -1, expected a whole number from 0 to 65536"));
        Run.of("segment", EXAMPLE, output, "--plugin-path", EXAMPLE, "--plugin", "flatten")
                .refused(
                        Exit.WRONG_USAGE,
                        List.of(
                                "--plugin: found 'flatten', which 'scaled-imaging process' runs, expected one of triangle"));
        Run.of("process", EXAMPLE, output, "--plugin-path", EXAMPLE, "--plugin", "triangle")
                .refused(
                        Exit.WRONG_USAGE,
                        List.of(
                                "--plugin: found 'triangle', which 'scaled-imaging segment' runs, expected one of background, flatten, gaussian,"));
    }

    private void refused(Path jar, String... words) {
        Run.of("plugins", "--plugin-path", jar).refused(Exit.WRONG_USAGE, List.of(words));
    }

    @Test
    void whatCannotBeLoadedIsNamedInOneSentence() throws Exception {
        refused(folder.resolve("none.jar"), "--plugin-path: found", "none.jar, which is not there, expected");
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
        refused(text, "text.jar, which is damaged or no jar file");
        byte[] whole = Files.readAllBytes(EXAMPLE);
        Path cut = Files.write(folder.resolve("cut.jar"), Arrays.copyOf(whole, whole.length / 2));
        refused(cut, "cut.jar, which is damaged or no jar file");
        Files.delete(text);
        refused(jar("empty.jar", Map.of("readme.txt", "nothing")), "empty.jar, which holds no plugin", SERVICES);
        refused(jar("missing.jar", Map.of(SERVICES, "org.example.Missing")), "missing.jar", "org.example.Missing");
        refused(jar("other.jar", Map.of(SERVICES, "org.scaledimaging.cli.Run")), "other.jar", "not a subtype");
        Path broken = folder.resolve("broken.jar");
        Files.copy(EXAMPLE, broken);
        try (FileSystem inside = FileSystems.newFileSystem(URI.create("jar:" + broken.toUri()), Map.of())) {
            Files.delete(inside.getPath("org/example/plugins/Triangle.class"));
        }
        refused(broken, "broken.jar", "cannot be loaded", "org/example/plugins/Triangle");
        Path twice = jar("twice.jar", Map.of(SERVICES, "org.scaledimaging.cli.option.PluginPathTest$Second"));
        refused(twice, "found a second plugin gaussian");
    }

    @Test
    void aListOfPluginsIsFoundAsSinglePluginsAre() throws Exception {
        Path jar = jar(
                "several.jar", Map.of("META-INF/services/" + PluginProviders.class.getName(), Several.class.getName()));
        JsonNode list = Run.of("--plugin-path", jar, "plugins", "--json").done().json();
        assertEquals(
                List.of("first-of-several", "second-of-several"),
                list.findValuesAsText("id").stream()
                        .filter(id -> id.endsWith("-of-several"))
                        .toList());
    }

    private Path jar(String name, Map<String, String> files) throws IOException {
        Path jar = folder.resolve(name);
        try (FileSystem inside =
                FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of("create", "true"))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = inside.getPath(file.getKey());
                if (path.getParent() != null) {
                    Files.createDirectories(path.getParent());
                }
                Files.writeString(path, file.getValue());
            }
        }
        return jar;
    }

    /** A provider of a plugin whose id is taken. */
    public static final class Second implements PluginProvider {
        @Override
        public PluginDescription description() {
            return new PluginDescription("gaussian", "Second", "For tests.", List.of());
        }

        @Override
        public Class<? extends Plugin> pluginClass() {
            return ScaledProcessingPlugin.class;
        }

        @Override
        public Plugin create(ParameterValues parameters) {
            throw new UnsupportedOperationException();
        }
    }

    /** A list of two plugins. */
    public static final class Several implements PluginProviders {
        @Override
        public List<PluginProvider> providers() {
            return List.of(provider("first-of-several"), provider("second-of-several"));
        }

        private static PluginProvider provider(String id) {
            return PluginProvider.of(
                    new PluginDescription(id, id, "For tests.", List.of()),
                    ScaledProcessingPlugin.class,
                    values -> ScaledProcessingPlugin.of(id, (voxels, shape) -> voxels, (voxel, field) -> voxel));
        }
    }
}
