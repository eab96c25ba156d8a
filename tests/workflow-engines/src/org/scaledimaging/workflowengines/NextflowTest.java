package org.scaledimaging.workflowengines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The modules of workflows/nextflow, run by Nextflow itself, which asks nobody else for anything. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Nextflow runs scripts for bash")
class NextflowTest {
    private static final String CAMPAIGN = "part of the campaigns: -Pcampaigns";
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final String EXAMPLE = ROOT.resolve("workflows/nextflow").toString();
    private static final List<String> OPENED = List.of(
            "lang", "io", "nio", "net", "util", "util.regex", "util.concurrent.locks", "util.concurrent.atomic");

    /** For a Java that has done its work before it would have paid. */
    private static final List<String> QUICK = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote");

    @TempDir
    static Path folder;

    private static Installation installation;

    @BeforeAll
    static void install() throws Exception {
        installation = Installation.in(folder);
    }

    private static Program.Result nextflow(Path work, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java") + ""));
        OPENED.forEach(name -> command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED"));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(QUICK);
        command.addAll(List.of("-cp", classPath, "nextflow.cli.Launcher", "run"));
        command.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>(installation.environment());
        environment.put("NXF_HOME", folder.resolve("nextflow").toString());
        environment.put("NXF_OFFLINE", "true");
        environment.put("NXF_PLUGINS_DEFAULT", "false");
        environment.put("NXF_ANSI_LOG", "false");
        return Program.run(work, environment, command.toArray(String[]::new));
    }

    @Test
    void resultsAreThoseOfTheCommandLine() throws Exception {
        Expected expected = Expected.make(installation);
        installation.calls();
        Path work = Files.createDirectory(folder.resolve("a run"));
        Program.Result result = nextflow(
                work, EXAMPLE, "--input", Expected.SAMPLE + "", "--mask", expected.mask() + "", "--outdir", "results");
        assertEquals(0, result.exitCode(), result.output());
        expected.assertSame(work.resolve("results"), Set.of("versions.yml"));

        List<String> calls = installation.calls();
        assertCalled(calls, "process ", " --threads 2 --memory 2048m ");
        assertCalled(calls, "convert ", " --threads 1 --memory 1024m ");
        assertCalled(calls, "segment ", " --threads 2 --memory 2048m ");
        assertCalled(calls, "report ", " --threads 1 --memory 1024m ");
        String versions = Files.readString(work.resolve("results/versions.yml"));
        for (String process : List.of("PROCESS", "CONVERT", "SEGMENT", "REPORT")) {
            assertTrue(
                    versions.matches("(?s).*\"SCALEDIMAGING_" + process + "\":\n    scaled-imaging: \\d[\\w.]+\n.*"),
                    versions);
        }
    }

    private static void assertCalled(List<String> calls, String verb, String options) {
        assertTrue(calls.stream().anyMatch(call -> call.startsWith(verb) && call.contains(options)), calls.toString());
    }

    @Test
    @EnabledIfSystemProperty(named = "campaigns", matches = "full", disabledReason = CAMPAIGN)
    void aStubRunMakesFilesOfTheSameNamesAndReadsNothing() throws Exception {
        Path input = folder.resolve("biased.nii.gz");
        Files.writeString(input, "no image");
        Path work = Files.createDirectory(folder.resolve("stub"));
        Program.Result result = nextflow(work, EXAMPLE, "-stub-run", "--input", input.toString());
        assertEquals(0, result.exitCode(), result.output());
        assertEquals(
                Set.of(
                        "biased.html",
                        "biased_corrected.nii.gz",
                        "biased_corrected.ome.zarr/zarr.json",
                        "biased_labels.nii.gz",
                        "versions.yml"),
                Expected.files(work.resolve("results")));
        assertEquals(Set.of("--version"), Set.copyOf(installation.calls()));
    }

    @Test
    @EnabledIfSystemProperty(named = "campaigns", matches = "full", disabledReason = CAMPAIGN)
    void whatGoesWrongIsSaid() throws Exception {
        Path work = Files.createDirectory(folder.resolve("edges"));
        Program.Result result = nextflow(
                work, ROOT.resolve("tests/workflow-engines/edges") + "", "--input", Expected.SAMPLE.toString());
        assertTrue(
                result.output().contains("the output is called as the input is, biased.nii.gz: set"), result.output());
        assertTrue(errors(work).contains("--memory: found 100m, expected at least 256m."), errors(work));
        assertTrue(result.output().contains("process > LITTLE_MEMORY"), result.output());
        assertFalse(result.output().contains("process > LEFT_OUT"), result.output());
        assertNotEquals(0, result.exitCode(), result.output());
    }

    /** What the tasks of a run said. */
    private static String errors(Path work) throws Exception {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(work.resolve("work"))) {
            for (Path file : files.filter(file -> file.endsWith(".command.err")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
