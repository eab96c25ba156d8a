package org.scaledimaging.engine.place;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.message.VisibleText;

/** Tells users in sentences what went wrong with files. */
public final class FileFailures {
    private FileFailures() {}

    /** One line that names the file and says what is wrong with it; most messages of the file system are a bare name. */
    public static String sentence(IOException e) {
        return sentence(e, Setting.IN_WORDS);
    }

    /** The same, with settings as a user knows them. */
    public static String sentence(IOException e, Setting.Names names) {
        if (e instanceof ImageFormatException image) {
            return oneLine(image.sentence(names));
        }
        return oneLine(e instanceof TargetException target ? target.sentence(names) : message(e));
    }

    /** A message on one line, with a full stop, and nothing in it that does not show itself. */
    public static String oneLine(String message) {
        String line = String.valueOf(message).replaceAll("\\s*\\R\\s*", " ").strip();
        return VisibleText.of(line.endsWith(".") ? line : line + ".");
    }

    private static String message(IOException e) {
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

    /** The failure, or where a disk or a quota is full one that says which: Java tells by the system's message alone. */
    public static IOException explain(IOException e, Object place) {
        return isDiskFull(e)
                ? new TargetException(place, "no space left on its disk", "enough free space for the image", e)
                : e;
    }

    /** The failure of reading a file, with its name where there is none: the system's message alone has no place. */
    public static IOException reading(Path file, IOException e) {
        return e.getClass() == IOException.class ? new FileSystemException(file.toString(), null, e.getMessage()) : e;
    }

    /** Whether the system says that a disk is full or a quota used up. */
    public static boolean isDiskFull(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left on device")
                || message.contains("Disk quota exceeded")
                || message.contains("There is not enough space on the disk");
    }
}
