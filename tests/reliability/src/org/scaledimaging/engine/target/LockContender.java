package org.scaledimaging.engine.target;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that takes a lock as often as it can for a while, and each time makes and deletes a file, which fails when
 * somebody else has the lock as well. Arguments: the lock's file, how often to try. Exit code 5 when two had it.
 */
public final class LockContender {
    static final int TWO_HAD_IT = 5;
    static final int NEVER_HAD_IT = 6;

    private LockContender() {}

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        Path marker = file.resolveSibling("marker");
        int acquired = 0;
        for (int round = Integer.parseInt(arguments[1]); round > 0; round--) {
            Optional<TargetLock> lock = TargetLock.tryAcquire(file);
            if (lock.isPresent()) {
                try {
                    Files.createFile(marker);
                    Files.delete(marker);
                    acquired++;
                } catch (FileAlreadyExistsException | NoSuchFileException e) {
                    System.exit(TWO_HAD_IT);
                }
                lock.get().close();
            }
        }
        System.exit(acquired == 0 ? NEVER_HAD_IT : 0);
    }
}
