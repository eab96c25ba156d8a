package org.scaledimaging.fuzzing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The entry point for Jazzer. The target is chosen by name, the only argument. Run with the name and a folder it writes
 * the target's seeds there.
 */
public final class Fuzzing {
    private static FuzzTarget target;

    private Fuzzing() {}

    public static void fuzzerInitialize(String[] arguments) throws Exception {
        target = Targets.valueOf(arguments[0]).make();
        target.seeds(); // files that inputs refer to are there from the start
    }

    public static void fuzzerTestOneInput(byte[] input) throws Throwable {
        target.run(input);
    }

    static void writeSeeds(Targets name, Path folder) throws Exception {
        List<byte[]> seeds = name.make().seeds();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(folder.resolve("seed-" + i), seeds.get(i));
        }
    }
}
