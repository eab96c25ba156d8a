package org.scaledimaging.engine.compress;

import com.github.luben.zstd.util.Native;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.scaledimaging.engine.target.AtomicTarget;

/**
 * The native code of zstd. It is unpacked into a folder and loaded from there when it is first needed: the system's
 * temporary folder or, where that is missing, read-only or mounted noexec, the user's folder for caches.
 */
public final class NativeZstd {
    private NativeZstd() {}

    /** Loaded once, by whoever asks first. */
    private static final class Attempt {
        /** Where it was tried in vain; empty where it is loaded. */
        static final List<String> FAILED = load();
    }

    /** Whether zstd can be used here. */
    public static boolean isUsable() {
        return Attempt.FAILED.isEmpty();
    }

    /** What is wrong where it cannot be used, for messages. */
    public static String problem() {
        return "zstd, whose native code can be loaded from no folder (tried " + String.join(" and ", Attempt.FAILED)
                + ")";
    }

    /** What would do, for messages. */
    public static String remedy() {
        return "a temporary folder that is writable and not mounted noexec (TMPDIR or Java's -Djava.io.tmpdir=… names"
                + " it), or a codec without native code, such as gzip";
    }

    private static List<String> load() {
        List<String> failed = new ArrayList<>();
        try {
            Native.load();
            return List.of();
        } catch (LinkageError e) {
            failed.add(System.getProperty("ZstdTempFolder", System.getProperty("java.io.tmpdir")));
        }
        Optional<Path> cache = cache();
        if (cache.isPresent()) {
            try {
                loadFrom(cache.get());
                return List.of();
            } catch (IOException | LinkageError e) {
                failed.add(cache.get().toString());
            }
        }
        return failed;
    }

    /** Where a system lets it be deleted while it is used, nothing stays; elsewhere it goes when the JVM ends. */
    private static void loadFrom(Path cache) throws IOException {
        Files.createDirectories(cache);
        Path folder = Files.createTempDirectory(cache, "native-");
        folder.toFile().deleteOnExit();
        try {
            Native.load(folder.toFile());
        } finally {
            if (File.separatorChar == '/') {
                AtomicTarget.deleteAll(folder);
            }
        }
    }

    /** The user's folder for caches, as each system has it. */
    private static Optional<Path> cache() {
        String home = System.getProperty("user.home", "");
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        try {
            Path caches;
            if (system.startsWith("windows")) {
                String local = System.getenv("LOCALAPPDATA");
                caches = local == null ? Path.of(home, "AppData", "Local") : Path.of(local);
            } else if (system.startsWith("mac")) {
                caches = Path.of(home, "Library", "Caches");
            } else {
                String given = System.getenv("XDG_CACHE_HOME");
                caches = given == null || given.isEmpty() ? Path.of(home, ".cache") : Path.of(given);
            }
            return Optional.of(caches.resolve("scaled-imaging")).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
