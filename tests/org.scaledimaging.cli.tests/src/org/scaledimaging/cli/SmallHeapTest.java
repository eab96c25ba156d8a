package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The command in processes that have little memory. */
class SmallHeapTest {
    @TempDir
    Path folder;

    private record Outcome(int exitCode, String messages) {}

    /** A NIfTI file of uint8 voxels, 1 each: a hole in the file, but for a byte here and there. */
    private Path image(int... shape) throws Exception {
        ByteBuffer header = ByteBuffer.allocate(352).order(ByteOrder.LITTLE_ENDIAN);
        long bytes = 1;
        header.putInt(0, 348).putShort(40, (short) shape.length);
        for (int d = 0; d < 7; d++) {
            int length = d < shape.length ? shape[d] : 1;
            header.putShort(42 + 2 * d, (short) length).putFloat(80 + 4 * d, 1);
            bytes *= length;
        }
        header.putShort(70, (short) 2)
                .putShort(72, (short) 8)
                .putFloat(108, 352)
                .putFloat(112, 0);
        header.put(344, (byte) 'n').put(345, (byte) '+').put(346, (byte) '1');
        Path file = folder.resolve("image.nii");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(header, 0);
            ByteBuffer some = ByteBuffer.wrap(new byte[997]);
            for (long at = 352; at < 352 + bytes; at += 4096) {
                some.clear().limit((int) Math.min(some.capacity(), 352 + bytes - at));
                some.put(0, (byte) (at % 251));
                channel.write(some, at);
            }
            some.clear().limit(1);
            channel.write(some, 351 + bytes);
        }
        return file;
    }

    private Outcome run(String heap, Object... arguments) throws Exception {
        Path messages = folder.resolve("messages.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-XX:TieredStopAtLevel=1",
                "-Dscaledimaging.durability=none",
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        return new Outcome(process.exitValue(), Files.readString(messages));
    }

    /** What holds all low-resolution images or fields at once takes 126 MiB for them. */
    @Test
    void memoryDoesNotGrowWithChannelsAndTimePoints() throws Exception {
        Path input = image(32, 32, 32, 480);
        Outcome outcome = run(
                "72m",
                "process",
                input,
                folder.resolve("out.nii"),
                "--plugin",
                "background",
                "--downsample-factor",
                1,
                "--plugin",
                "normalize",
                "-p",
                "scope=image",
                "--threads",
                2,
                "--quiet");
        assertEquals(0, outcome.exitCode(), outcome.messages());
    }

    /** All blocks that planes are made into are complete at once, with the last plane: 64 MiB. */
    @Test
    void planesGoIntoCubesThatMemoryCannotHoldAtOnce() throws Exception {
        Path input = image(1024, 1024, 64);
        Outcome outcome =
                run("56m", "convert", input, folder.resolve("out.ome.zarr"), "--chunks", 64, "--threads", 2, "--quiet");
        assertEquals(0, outcome.exitCode(), outcome.messages());
    }

    /** Plugins and heaps: one, in the campaigns three. */
    private static Stream<Arguments> plugins() {
        Stream<Arguments> one = Stream.of(Arguments.of("n4", "96m"));
        Stream<Arguments> more = Stream.of(Arguments.of("background", "80m"), Arguments.of("guided-filter", "96m"));
        return System.getProperty("campaigns", "short").equals("full") ? Stream.concat(one, more) : one;
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void aFactorThatFitsIsNamedBeforeAnythingIsReadAndDoes(String plugin, String heap) throws Exception {
        Path input = image(5000, 5000, 1);
        Path output = folder.resolve("out.nii"); // holds little while it is written
        Outcome refused = run(
                heap, "process", input, output, "--plugin", "normalize", "--plugin", plugin, "--downsample-factor", 1);
        assertEquals(1, refused.exitCode(), refused.messages());
        Matcher named = Pattern.compile(
                        "scaled-imaging: --downsample-factor: found 1, which makes a low-resolution image"
                                + " of 1 x 5000 x 5000 voxels, for which [a-z0-9-]+ needs [0-9.]+ .iB of memory, expected at"
                                + " least ([0-9]+), [^\n]+\n")
                .matcher(refused.messages());
        assertTrue(named.matches(), refused.messages());
        assertFalse(Files.exists(output));

        Outcome done = run(
                heap,
                "process",
                input,
                output,
                "--plugin",
                plugin,
                "--downsample-factor",
                named.group(1),
                "--quiet",
                "--threads",
                1);
        assertEquals(0, done.exitCode(), done.messages());
    }

    /** Two images at once have half the memory each, also for their estimates. */
    @Test
    void imagesAtOnceShareTheMemory() throws Exception {
        Path input = image(5000, 5000, 1);
        Path second = Files.createLink(folder.resolve("second.nii"), input);
        List<Integer> least = new ArrayList<>();
        for (int jobs = 1; jobs <= 2; jobs++) {
            Outcome refused = run("96m", batch(input, second, jobs, 1));
            assertEquals(1, refused.exitCode(), refused.messages());
            Matcher named = Pattern.compile("expected at least ([0-9]+)").matcher(refused.messages());
            assertTrue(named.find(), refused.messages());
            least.add(Integer.valueOf(named.group(1)));
        }
        assertTrue(least.get(1) > least.get(0), least.toString());
        Outcome done = run("96m", batch(input, second, 2, least.get(1)));
        assertEquals(0, done.exitCode(), done.messages());
    }

    private Object[] batch(Path first, Path second, int jobs, int factor) {
        return new Object[] {
            "process",
            first,
            second,
            "--output-dir",
            folder.resolve("out"),
            "--name={name}.nii",
            "--jobs",
            jobs,
            "--plugin=background",
            "--downsample-factor",
            factor,
            "--quiet",
            "--threads",
            2
        };
    }
}
