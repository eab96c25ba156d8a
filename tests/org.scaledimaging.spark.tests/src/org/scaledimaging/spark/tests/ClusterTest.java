package org.scaledimaging.spark.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.block.PixelType;

/** Jobs on a cluster of processes that share nothing but a disk, some of which are killed. */
@EnabledIfSystemProperty(named = "campaigns", matches = "full", disabledReason = "part of the campaigns: -Pcampaigns")
class ClusterTest {
    private static final String[] OPTIONS = {
        "-Dspark.scaledimaging.taskVoxels=30000",
        "-Dspark.executor.memory=471859200b", // the least that Spark takes
        "-Dspark.driver.host=127.0.0.1",
        "-Dspark.driver.bindAddress=127.0.0.1",
        "-Dspark.scaledimaging.patience=90"
    };

    /** A task that takes longer than others is started once more elsewhere. */
    private static final String[] SPECULATION = {
        "-Dspark.scaledimaging.taskVoxels=150000",
        "-Dspark.speculation=true",
        "-Dspark.speculation.interval=100ms",
        "-Dspark.speculation.minTaskRuntime=500ms",
        "-Dspark.speculation.quantile=0.1",
        "-Dspark.network.timeout=900s" // who stands still is not given up meanwhile
    };

    /** Another computer as Spark sees it, which starts no task a second time on the same one. */
    private static final String ELSEWHERE = "127.0.0.2";

    @TempDir
    private Path folder;

    private Cluster cluster;
    private SparkProcess commands;

    @BeforeEach
    void start() throws Exception {
        cluster = Cluster.start(folder.resolve("cluster"));
        commands = SparkProcess.ofCommands(OPTIONS);
    }

    @AfterEach
    void stop() throws IOException {
        commands.close();
        cluster.close();
    }

    /** With further options, of which the last of a name holds. */
    private void restartWith(String... more) throws IOException {
        commands.close();
        commands = SparkProcess.ofCommands(
                Stream.of(OPTIONS, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    private String[] process(String input, Path output, String... more) {
        String line = "process " + input + " " + output + " --plugin gaussian -p sigma=2 --chunks 16 --shards 32 "
                + String.join(" ", more);
        return line.strip().split(" +");
    }

    private String[] onCluster() {
        return new String[] {"--executor", "spark", "--master", cluster.master()};
    }

    @Test
    void aWorkerThatIsKilledIsDoneWithout() throws Exception {
        cluster.addWorker();
        SparkProcess victim = cluster.addWorker();
        Path places = Files.createDirectory(folder.resolve("places"));
        String input = Samples.image(places, "input", PixelType.UINT16, 150, 150, 150);
        Path threads = places.resolve("threads.ome.zarr");
        assertEquals(0, commands.run(process(input, threads)).exitCode());

        Path spark = folder.resolve("undisturbed.ome.zarr");
        SparkProcess.Answer undisturbed = commands.run(process(input, spark, onCluster()));
        assertEquals(0, undisturbed.exitCode(), undisturbed.text());
        assertEquals("none", Samples.difference(threads, spark));

        Path killed = places.resolve("killed.ome.zarr");
        boolean[] done = {false};
        SparkProcess.Answer answer = commands.run(
                line -> {
                    if (line.startsWith("50 %")) {
                        victim.kill();
                        done[0] = true;
                    }
                },
                process(input, killed, onCluster()));
        assertTrue(done[0], answer.text());
        assertEquals(0, answer.exitCode(), answer.text());
        assertEquals("none", Samples.difference(threads, killed));
        assertEquals(List.of("input.ome.zarr", "killed.ome.zarr", "threads.ome.zarr"), Samples.names(places));
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aTaskThatStandsStillIsDoneByAnotherAndHarmsNothingWhenItGoesOn() throws Exception {
        assumeTrue(isOfThisComputer(ELSEWHERE), ELSEWHERE + " is no address of this computer");
        restartWith(SPECULATION);
        cluster.addWorker();
        SparkProcess sleeper = cluster.addWorkerOn(ELSEWHERE);
        Path places = Files.createDirectory(folder.resolve("places"));
        String input = Samples.image(places, "input", PixelType.UINT16, 150, 150, 150);
        Path threads = places.resolve("threads.ome.zarr");
        Path spark = places.resolve("spark.ome.zarr");
        assertEquals(0, commands.run(process(input, threads)).exitCode());

        boolean[] asleep = {false};
        SparkProcess.Answer answer = commands.run(
                line -> {
                    if (line.startsWith("60 %") && !asleep[0]) {
                        sleeper.signalChildren("STOP");
                        asleep[0] = true;
                    }
                },
                process(input, spark, onCluster()));
        assertTrue(asleep[0], answer.text());
        assertEquals(0, answer.exitCode(), answer.text());
        assertEquals("none", Samples.difference(threads, spark));
        sleeper.signalChildren("CONT");
        assertTrue(sleeper.childrenEnd(60), "an executor that nobody wants any more goes on");
        assertEquals("none", Samples.difference(threads, spark));
        assertEquals(List.of("input.ome.zarr", "spark.ome.zarr", "threads.ome.zarr"), Samples.names(places));
    }

    private static boolean isOfThisComputer(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        }
    }

    @Test
    void whatSparkSubmitStartsWritesTheSame() throws Exception {
        cluster.addWorker();
        Path places = Files.createDirectory(folder.resolve("places"));
        String input = Samples.image(places, "input", PixelType.UINT16, 60, 60, 60);
        Path threads = places.resolve("threads.ome.zarr");
        Path spark = places.resolve("spark.ome.zarr");
        assertEquals(0, commands.run(process(input, threads)).exitCode());

        List<String> options =
                List.of(("--master " + cluster.master() + " --deploy-mode client --executor-memory 471859200b"
                                + " --conf spark.driver.userClassPathFirst=true --conf spark.executor.userClassPathFirst=true"
                                + " --conf spark.driver.host=127.0.0.1 --conf spark.driver.bindAddress=127.0.0.1")
                        .split(" "));
        try (SparkProcess submit = SparkProcess.ofSubmit(options, process(input, spark, "--executor", "spark"))) {
            String text = submit.rest();
            assertEquals(0, submit.exitCode(), text);
        }
        assertEquals("none", Samples.difference(threads, spark));
        assertEquals(List.of("input.ome.zarr", "spark.ome.zarr", "threads.ome.zarr"), Samples.names(places));
    }

    @Test
    void executorsThatDoNotSeeTheTargetAreNamed() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        assertRefusedByAnExecutorAfter(
                "mount -t tmpfs tmpfs " + elsewhere,
                elsewhere,
                "found a folder that the executor on ",
                " does not see as the driver does, expected storage that all");
    }

    @Test
    void executorsThatCannotWriteToTheTargetAreNamed() throws Exception {
        Path readable = Files.createDirectory(folder.resolve("readable"));
        assertRefusedByAnExecutorAfter(
                "mount --bind " + readable + " " + readable + " && mount -o remount,bind,ro " + readable,
                readable,
                "found a folder in which the executor on ",
                " cannot write, expected storage that all executors may write to");
    }

    /** @param change in a shell, of how the executor alone sees the folder */
    private void assertRefusedByAnExecutorAfter(String change, Path target, String found, String expected)
            throws Exception {
        Path places = Files.createDirectory(folder.resolve("places"));
        String input = Samples.image(places, "input", PixelType.UINT16, 40, 40, 40);
        Process trial = new ProcessBuilder("unshare", "--mount", "sh", "-c", change).start();
        assumeTrue(trial.waitFor() == 0, "changing how a process sees a folder needs root");
        cluster.addWorker("unshare", "--mount", "sh", "-c", change + " && exec \"$0\" \"$@\"");

        SparkProcess.Answer answer = commands.run(process(input, target.resolve("a.ome.zarr"), onCluster()));
        assertEquals(1, answer.exitCode(), answer.text());
        assertTrue(
                answer.text().contains(target + ": " + found) && answer.text().contains(expected), answer.text());
        assertEquals(List.of(), Samples.names(target));
    }

    @Test
    void aClusterWithoutExecutorsIsGivenUp() throws Exception {
        Path places = Files.createDirectory(folder.resolve("places"));
        String input = Samples.image(places, "input", PixelType.UINT16, 40, 40, 40);
        restartWith("-Dspark.scaledimaging.patience=2");
        SparkProcess.Answer answer = commands.run(process(input, places.resolve("a.ome.zarr"), onCluster()));
        assertEquals(1, answer.exitCode(), answer.text());
        assertTrue(
                answer.text().contains("found no executor within 2 s, expected a worker of Spark 3.5"), answer.text());
        assertEquals(List.of("input.ome.zarr"), Samples.names(places));
    }

    @Test
    void executorsOfAnotherVersionAreNamed() throws Exception {
        Path places = Files.createDirectory(folder.resolve("places"));
        String input = Samples.image(places, "input", PixelType.UINT16, 40, 40, 40);
        Path other = folder.resolve("other.jar");
        Files.copy(SparkProcess.JAR, other);
        try (FileSystem jar = FileSystems.newFileSystem(other)) {
            Path manifest = jar.getPath("META-INF/MANIFEST.MF");
            String text = Files.readString(manifest);
            Files.writeString(manifest, text.replaceAll("(Implementation-Version: )\\S+", "$19.9.9"));
        }
        restartWith("-Dspark.jars=" + other);
        cluster.addWorker();
        SparkProcess.Answer answer = commands.run(process(input, places.resolve("a.ome.zarr"), onCluster()));
        assertEquals(1, answer.exitCode(), answer.text());
        assertTrue(answer.text().contains("Scaled Imaging on the executor on "), answer.text());
        assertTrue(answer.text().contains(": found version 9.9.9, expected the driver's, "), answer.text());
        assertEquals(List.of("input.ome.zarr"), Samples.names(places));
    }
}
