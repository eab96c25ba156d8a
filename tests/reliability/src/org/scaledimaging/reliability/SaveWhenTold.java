package org.scaledimaging.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.message.TargetException;

/**
 * A process that saves an image, says so in the midst of it and goes on when it gets a line. Arguments: layout, target,
 * version. Exit code 3 when the target is refused.
 */
public final class SaveWhenTold {
    private static final int REFUSED = 3;

    private SaveWhenTold() {}

    public static void main(String[] arguments) throws Exception {
        Execution execution = new Execution(1, new Progress() {
            private boolean told;

            @Override
            public synchronized void report(double fraction, String message) {
                if (!told) {
                    told = true;
                    System.out.println("writing");
                    System.out.flush();
                    try {
                        System.in.read();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        });
        try {
            int version = Integer.parseInt(arguments[2]);
            Versions.save(Versions.image(version), arguments[0], Path.of(arguments[1]), execution);
        } catch (TargetException e) {
            System.exit(REFUSED);
        }
    }
}
