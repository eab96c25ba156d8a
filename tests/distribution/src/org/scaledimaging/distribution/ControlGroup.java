package org.scaledimaging.distribution;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A control group of Linux (of version 1 or 2) that allows processes so much memory and no more. */
final class ControlGroup implements AutoCloseable {
    private static final Path ALL = Path.of("/sys/fs/cgroup");

    private final Path group;

    private ControlGroup(Path group) {
        this.group = group;
    }

    /** Skips the test where none can be made: it takes root, and file systems that may be written to. */
    static ControlGroup ofMebibytes(int mebibytes) throws Exception {
        boolean first = Files.isDirectory(ALL.resolve("memory"));
        Path group = (first ? ALL.resolve("memory") : ALL)
                .resolve("scaled-imaging-" + ProcessHandle.current().pid());
        try {
            Files.createDirectory(group);
        } catch (IOException e) {
            System.out.println("distribution: skipped, no control group can be made here: " + e);
            assumeTrue(false, e::toString);
        }
        ControlGroup made = new ControlGroup(group);
        try {
            Files.writeString(
                    group.resolve(first ? "memory.limit_in_bytes" : "memory.max"),
                    String.valueOf((long) mebibytes << 20));
        } catch (IOException e) {
            made.close();
            System.out.println("distribution: skipped, a control group here has no bound of memory: " + e);
            assumeTrue(false, e::toString);
        }
        return made;
    }

    /** The same command, in this group. */
    String[] command(List<String> command) {
        List<String> before =
                List.of("sh", "-c", "echo $$ >'" + group.resolve("cgroup.procs") + "' && exec \"$@\"", "sh");
        return Stream.concat(before.stream(), command.stream()).toArray(String[]::new);
    }

    /** Waits until what ran in it is gone. */
    @Override
    public void close() throws Exception {
        for (int i = 0; i < 100 && !group.toFile().delete(); i++) {
            Thread.sleep(100);
        }
    }
}
