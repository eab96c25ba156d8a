package org.scaledimaging.engine.format.nifti;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import org.scaledimaging.engine.format.nifti.header.NiftiHeader;
import org.scaledimaging.engine.format.raw.Unpacking;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * The files of one image: a single one, or a header {@code .hdr} and voxels {@code .img} side by side, each of them
 * perhaps compressed. Whether a file is compressed is told by its content.
 */
final class NiftiFiles {
    private static final String[] EXTENSIONS = {".nii", ".hdr", ".img"};

    /** Of files that are compressed as a whole. */
    private static final List<String> COMPRESSIONS = List.of(".gz", ".bz2", ".xz", ".zst");

    private NiftiFiles() {}

    /** The file with the header, for a file that was named to be opened. */
    static Path header(Path named) throws ImageFormatException {
        if (!extension(named).equals(".img")) {
            return named;
        }
        return beside(named, ".hdr")
                .orElseThrow(() ->
                        new ImageFormatException(named, "no header file beside it", "a file " + stem(named) + ".hdr"));
    }

    /** The file with the voxels that belong to a header file. */
    static Path voxels(Path headerFile, NiftiHeader header) throws ImageFormatException {
        if (header.single()) {
            return headerFile;
        }
        return beside(headerFile, ".img")
                .orElseThrow(() -> new ImageFormatException(
                        headerFile, "a header without voxels", "a file " + stem(headerFile) + ".img beside it"));
    }

    private static Optional<Path> beside(Path file, String extension) {
        List<String> candidates = new ArrayList<>(List.of(extension));
        COMPRESSIONS.forEach(compression -> candidates.add(extension + compression));
        candidates.add(extension.toUpperCase(Locale.ROOT));
        for (String candidate : candidates) {
            Path sibling = file.resolveSibling(stem(file) + candidate);
            if (Files.isRegularFile(sibling)) {
                return Optional.of(sibling);
            }
        }
        return Optional.empty();
    }

    /** The file's name without NIfTI's extension and that of compression. */
    static String stem(Path file) {
        String name = file.getFileName().toString();
        String plain = uncompressed(name);
        String extension = extension(file);
        return extension.isEmpty() ? name : plain.substring(0, plain.length() - extension.length());
    }

    /** NIfTI's extension in the file's name, in lower case, without that of compression; empty for any other. */
    static String extension(Path file) {
        String plain = uncompressed(file.getFileName().toString()).toLowerCase(Locale.ROOT);
        return Arrays.stream(EXTENSIONS).filter(plain::endsWith).findFirst().orElse("");
    }

    private static String uncompressed(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int compression = COMPRESSIONS.stream()
                .filter(lower::endsWith)
                .mapToInt(String::length)
                .findFirst()
                .orElse(0);
        return name.substring(0, name.length() - compression);
    }

    /** The first bytes of the content, fewer in a shorter file. */
    static byte[] start(Path file, int length) throws IOException {
        Unpacking unpacking = Unpacking.of(file);
        try (InputStream in = unpacking.open(file, 0)) {
            return in.readNBytes(length);
        } catch (EOFException | ZipException e) {
            throw unpacking.damaged(file, e);
        }
    }
}
