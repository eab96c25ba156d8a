package org.scaledimaging.engine.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that writes a target and halts, as if it were killed, as soon as its commit has come to a step. Arguments: the
 * target, the step, {@code exchange} or {@code renames} (whether names can be exchanged), {@code folder} or {@code file}.
 */
public final class CrashPoint {
    static final int HALTED = 77;
    static final String INSIDE = "0/c/0";

    private CrashPoint() {}

    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[0]);
        AtomicTarget.Step last = AtomicTarget.Step.valueOf(arguments[1]);
        AtomicTarget.Exchange exchange = arguments[2].equals("exchange") ? NameExchange::tryExchange : (a, b) -> false;
        try (AtomicTarget place = AtomicTarget.create(target, true, List.of(), exchange, step -> {
            if (step == last) {
                Runtime.getRuntime().halt(HALTED);
            }
        })) {
            write(place.working(), arguments[3].equals("folder"), "new");
            place.commit();
        }
    }

    static void write(Path path, boolean folder, String content) throws IOException {
        if (folder) {
            Files.createDirectories(path.resolve(INSIDE).getParent());
            Files.writeString(path.resolve(INSIDE), content);
        } else {
            Files.writeString(path, content);
        }
    }

    static String read(Path path) throws IOException {
        return Files.readString(Files.isDirectory(path) ? path.resolve(INSIDE) : path);
    }
}
