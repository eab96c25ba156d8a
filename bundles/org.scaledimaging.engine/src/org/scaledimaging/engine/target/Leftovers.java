package org.scaledimaging.engine.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names that stand beside a target while it is written, and what becomes of those that a killed process left. To be
 * used by whoever has the target's lock.
 *
 * @param target absolute
 */
record Leftovers(Path target) {
    private static final String UNIQUE = "[0-9a-f]{8}";

    /** The file whose lock says who writes the target. */
    Path lockFile() {
        return target.resolveSibling("." + target.getFileName() + ".writing");
    }

    /** A new name to write to. */
    Path newWorking() {
        return target.resolveSibling(
                "." + target.getFileName() + "." + UUID.randomUUID().toString().substring(0, 8) + ".partial");
    }

    /** Where the old target steps aside to make room for what was written. */
    static Path aside(Path working) {
        return working.resolveSibling(working.getFileName().toString().replaceAll("\\.partial$", ".old"));
    }

    /**
     * The old target, if the target is missing because a process was killed between putting the old one aside and the new
     * one there. Both are there then; an old one alone is one that was replaced, and somebody deleted the new one since.
     */
    Optional<Path> targetAside() throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        for (Path working : named("partial")) {
            if (Files.exists(aside(working), LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(aside(working));
            }
        }
        return Optional.empty();
    }

    /** Ends that state: the old one is the target again. */
    void putBack() throws IOException {
        Optional<Path> old = targetAside();
        if (old.isPresent()) {
            Files.move(old.get(), target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Deletes everything but the target. */
    void remove() throws IOException {
        for (Path left : named("partial|old|partial\\.(voxels|waiting(\\.\\d+)?)")) {
            AtomicTarget.deleteAll(left);
        }
    }

    private List<Path> named(String endings) throws IOException {
        Pattern pattern =
                Pattern.compile(Pattern.quote("." + target.getFileName() + ".") + UNIQUE + "\\.(" + endings + ")");
        try (Stream<Path> siblings = Files.list(target.getParent())) {
            return siblings.filter(path ->
                            pattern.matcher(path.getFileName().toString()).matches())
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }
}
