package org.scaledimaging.engine.format.tiff;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.FileState;
import org.scaledimaging.engine.place.OpenedFiles;

/**
 * The files of an OME-TIFF, all in one folder. The one that was named is open; the others are opened when they are
 * needed.
 */
final class OmeFiles implements Closeable {
    /** In place of the number of a file that is not there. */
    static final int MISSING = -1;

    private static final int MOST_OPEN = 64;

    private final Pages own;
    private final List<Path> paths;
    private final Map<String, Integer> numbers;
    private final Pages[] opened;
    private boolean closed;

    private OmeFiles(Pages own, List<Path> paths, Map<String, Integer> numbers) {
        this.own = own;
        this.paths = paths;
        this.numbers = numbers;
        this.opened = new Pages[paths.size()];
        opened[0] = own;
    }

    /**
     * Those that are there. A single one that is not, where no plane would be in the file that was named, is that file
     * under the name that it had before.
     *
     * @throws ImageFormatException when one would be in another folder
     */
    static OmeFiles of(Pages own, OmeXml xml) throws IOException {
        Path file = own.file().path();
        List<Path> paths = new ArrayList<>(List.of(file));
        Map<String, Integer> numbers = new LinkedHashMap<>();
        Set<String> missing = new LinkedHashSet<>();
        boolean isNamed = xml.data().isEmpty();
        for (OmeXml.TiffData data : xml.data()) {
            String name = data.fileName();
            isNamed |= isOwn(data, xml, file);
            if (isOwn(data, xml, file) || numbers.containsKey(name) || missing.contains(name)) {
                continue;
            }
            if (name.contains("/") || name.contains("\\") || name.equals("..") || name.equals(".")) {
                throw new ImageFormatException(
                        file, "a FileName \"" + name + "\"", "the name of a file in the same folder");
            }
            Path other = sibling(file, name);
            FileState.checkRegular(other);
            if (!Files.isRegularFile(other)) {
                missing.add(name);
                continue;
            }
            own.file().opened().add(other);
            numbers.put(name, paths.size());
            paths.add(other);
        }
        if (isNamed || missing.size() != 1) {
            missing.forEach(name -> numbers.put(name, MISSING));
        }
        return new OmeFiles(own, paths, numbers);
    }

    static Path sibling(Path file, String name) throws ImageFormatException {
        try {
            return file.resolveSibling(name);
        } catch (java.nio.file.InvalidPathException e) {
            throw new ImageFormatException(file, "a FileName \"" + name + "\"", "the name of a file", e);
        }
    }

    /** A file may have been renamed since: then its UUID tells. */
    static boolean isOwn(OmeXml.TiffData data, OmeXml xml, Path file) {
        return data.fileName().isEmpty()
                || !data.uuid().isEmpty() && data.uuid().equals(xml.uuid())
                || data.fileName().equals(file.getFileName().toString());
    }

    /** The first of the files that are not there. */
    Optional<String> missing() {
        return numbers.entrySet().stream()
                .filter(file -> file.getValue() == MISSING)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    OpenedFiles opened() {
        return own.file().opened();
    }

    List<Path> paths() {
        return paths;
    }

    /** Which file that is; {@link #MISSING} where it is not there. */
    int number(OmeXml.TiffData data) {
        return numbers.getOrDefault(data.fileName(), 0);
    }

    /** The first page of an image: another image's pages may come before it, of another kind. */
    Page firstPage(OmeXml xml) throws IOException {
        for (OmeXml.TiffData data : xml.data()) {
            if (number(data) != MISSING) {
                Pages pages = pages(number(data));
                long page = Math.max(0, data.directory());
                if (page < pages.size()) {
                    return pages.get((int) page);
                }
            }
        }
        return own.get(0);
    }

    synchronized Pages pages(int number) throws IOException {
        if (closed) {
            throw new IOException(paths.get(number) + ": found a closed image, expected an open one.");
        }
        if (opened[number] == null) {
            opened[number] = Pages.open(paths.get(number), own.file().opened(), paths.size() <= MOST_OPEN);
        }
        return opened[number];
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        for (Pages pages : opened) {
            if (pages != null) {
                pages.close();
            }
        }
    }
}
