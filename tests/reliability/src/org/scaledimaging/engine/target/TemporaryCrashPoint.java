package org.scaledimaging.engine.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A process that uses a temporary folder and deletes it, and halts on the way, as if it were killed, or waits for a line.
 * Arguments: the step, {@code halt} or {@code wait}, and a folder to adopt, or else one is created.
 */
public final class TemporaryCrashPoint {
    static final int HALTED = 77;

    private TemporaryCrashPoint() {}

    public static void main(String[] arguments) throws IOException {
        TemporaryFolder.Step last = TemporaryFolder.Step.valueOf(arguments[0]);
        Consumer<TemporaryFolder.Step> steps = step -> {
            if (step == last && arguments[1].equals("halt")) {
                Runtime.getRuntime().halt(HALTED);
            } else if (step == last) {
                awaitLine();
            }
        };
        boolean create = arguments.length == 2;
        try (TemporaryFolder folder =
                create ? TemporaryFolder.create(steps) : TemporaryFolder.adopt(Path.of(arguments[2]), steps)) {
            Files.createDirectories(folder.path().resolve("field/0"));
            Files.writeString(folder.path().resolve("field/0/0"), "content");
        }
    }

    private static void awaitLine() {
        System.out.println("there");
        try {
            System.in.read();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
