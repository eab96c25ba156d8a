package org.scaledimaging.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;
import org.scaledimaging.engine.image.ImageFormatException;
import org.scaledimaging.engine.image.ParameterException;
import org.scaledimaging.engine.io.TargetException;
import picocli.CommandLine;

/** Tells users what went wrong: one line for what they can change, a stack trace for what is our fault. */
final class Failures {
    private final Console console;

    Failures(Console console) {
        this.console = console;
    }

    /** A command line that cannot be understood. */
    int wrongUsage(CommandLine.ParameterException e, String[] arguments) {
        say(oneLine(e.getMessage()) + " See '"
                + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return Main.WRONG_USAGE;
    }

    /** Work that did not come to its end. */
    int report(Throwable failure) {
        if (failure instanceof UncheckedIOException e) {
            return report(e.getCause());
        }
        if (failure instanceof ParameterException
                || failure instanceof ImageFormatException
                || failure instanceof TargetException) {
            say(oneLine(failure.getMessage()));
        } else if (failure instanceof IOException e) {
            say(oneLine(sentence(e)));
        } else if (failure instanceof CancellationException) {
            say("cancelled, nothing was written.");
        } else if (failure instanceof OutOfMemoryError) {
            say("out of memory at " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB: give Java more (java -Xmx8g …),"
                    + " or use fewer --threads, smaller --chunks or a larger --downsample-factor.");
        } else {
            say("internal error (" + oneLine(failure.toString()) + "), please report it with what follows.");
            failure.printStackTrace(console.err());
            console.err().flush();
        }
        return Main.FAILED;
    }

    /** Most messages of the file system are a bare name: says what is wrong with it. */
    private static String sentence(IOException e) {
        if (!(e instanceof FileSystemException failure)) {
            return e.getMessage() == null ? e.getClass().getSimpleName() + "." : e.getMessage();
        }
        String file = failure.getFile() == null ? "File" : failure.getFile();
        if (e instanceof NoSuchFileException) {
            return file + ": found no such file or folder, expected one that stays while it is used.";
        } else if (e instanceof AccessDeniedException) {
            return file + ": found no permission, expected a file or folder that you may read and write.";
        } else if (e instanceof FileAlreadyExistsException) {
            return file + ": found an existing file or folder, expected a name that is free.";
        }
        String reason = failure.getReason() == null ? "a file system error" : failure.getReason();
        return file + ": found " + reason + ", expected a working file or folder.";
    }

    /** Whether a disk or a quota is full: Java tells by the system's message alone. */
    static boolean isDiskFull(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left on device")
                || message.contains("Disk quota exceeded")
                || message.contains("There is not enough space on the disk");
    }

    /** The failure, or where a disk is full one that says which. */
    static IOException explain(IOException e, Object place) {
        return isDiskFull(e)
                ? new TargetException(place, "no space left on its disk", "enough free space for the image", e)
                : e;
    }

    private void say(String message) {
        console.say(ScaledImaging.NAME + ": " + message);
    }

    private static String oneLine(String message) {
        String line = String.valueOf(message).replaceAll("\\s*\\R\\s*", " ").strip();
        return line.endsWith(".") ? line : line + ".";
    }
}
