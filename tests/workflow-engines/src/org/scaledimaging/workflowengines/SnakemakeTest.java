package org.scaledimaging.workflowengines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The wrappers of workflows/snakemake, run by Debian's Snakemake, which {@code tools/install} gets where it can. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Debian's package is for Linux")
class SnakemakeTest {
    private static final String CAMPAIGN = "part of the campaigns: -Pcampaigns";
    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    @TempDir
    Path folder;

    private static String snakemake(Path folder) throws Exception {
        Program.Result found = Program.run(folder, Map.of(), ROOT.resolve("tests/workflow-engines/tools/install") + "");
        if (found.exitCode() != 0) {
            System.out.println("workflow-engines: skipped, without Snakemake: " + found.output());
        }
        assumeTrue(found.exitCode() == 0, found.output());
        return found.output().strip();
    }

    @Test
    void resultsAreThoseOfTheCommandLine() throws Exception {
        String snakemake = snakemake(folder);
        Installation installation = Installation.in(folder);
        Expected expected = Expected.make(installation);
        installation.calls();
        Program.Result result = Program.run(
                folder,
                installation.environment(),
                snakemake,
                "--snakefile",
                ROOT.resolve("workflows/snakemake/Snakefile").toString(),
                "--cores",
                "2",
                "--config",
                "mask=" + expected.mask());
        assertEquals(0, result.exitCode(), result.output());
        expected.assertSame(folder.resolve("results"), Set.of("logs/.*", ".*/\\.snakemake_timestamp"));

        List<String> calls = installation.calls();
        assertEquals(4, calls.size(), calls.toString());
        for (String call : calls) {
            boolean large = call.startsWith("process ") || call.startsWith("segment ");
            String options = large ? " --threads 2 --memory 2048m " : " --threads 1 --memory 1024m ";
            assertTrue(call.contains(options), call);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "campaigns", matches = "full", disabledReason = CAMPAIGN)
    void whatGoesWrongIsInTheLog() throws Exception {
        String snakemake = snakemake(folder);
        Installation installation = Installation.in(folder);
        Files.writeString(folder.resolve("scan.nii.gz"), "no image");
        Program.Result result = Program.run(
                folder,
                installation.environment(),
                snakemake,
                "--snakefile",
                ROOT.resolve("workflows/snakemake/Snakefile").toString(),
                "--cores",
                "2",
                "--config",
                "images=" + folder,
                "names=scan");
        assertEquals(1, result.exitCode(), result.output());
        String log = Files.readString(folder.resolve("results/logs/scan.process.log"));
        assertTrue(log.startsWith("scaled-imaging: ") && log.contains("scan.nii.gz"), log);
    }
}
