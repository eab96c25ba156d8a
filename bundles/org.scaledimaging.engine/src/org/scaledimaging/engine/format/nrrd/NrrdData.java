package org.scaledimaging.engine.format.nrrd;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.scaledimaging.engine.format.raw.DataFiles;
import org.scaledimaging.engine.format.raw.FileVoxels;
import org.scaledimaging.engine.format.raw.Unpacking;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ImageFormatException;

/** Finds the voxels of a header. */
final class NrrdData {
    private NrrdData() {}

    static FileVoxels of(NrrdHeader header, ImageMetadata metadata) throws IOException {
        Path file = header.file();
        Optional<String> named = header.get("datafile");
        if (named.isPresent() && (named.get().startsWith("LIST") || named.get().contains("%"))) {
            throw new ImageFormatException(file, "voxels in several files", "all of them in one");
        }
        Path data = named.isPresent() ? DataFiles.named(file, named.get()) : file;
        Unpacking unpacking = switch (header.need("encoding").toLowerCase(Locale.ROOT)) {
            case "raw" -> Unpacking.NONE;
            case "gz", "gzip" -> Unpacking.GZIP;
            case "bz2", "bzip2" -> Unpacking.BZIP2;
            case "text", "txt", "ascii" -> Unpacking.TEXT;
            default ->
                throw new ImageFormatException(file, "encoding " + header.need("encoding"), "raw, gzip, bzip2 or text");
        };
        ByteOrder order = order(
                header, unpacking == Unpacking.TEXT ? 1 : metadata.pixelType().bytes());
        long start = named.isPresent() ? 0 : header.end();
        start = afterLines(data, start, header.whole(0, "lineskip"));
        long skip = Math.min(header.whole(0, "byteskip"), Long.MAX_VALUE - start);
        boolean plain = unpacking == Unpacking.NONE;
        FileVoxels voxels = new FileVoxels(
                data,
                unpacking,
                plain ? 0 : start,
                (plain ? start : 0) + Math.max(0, skip),
                metadata.pixelType(),
                order,
                metadata.shape());
        if (skip != -1 || !plain) {
            return voxels;
        }
        long first = Math.max(0, Files.size(data) - voxels.bytes()); // -1: at the end of the file
        return new FileVoxels(data, unpacking, 0, first, metadata.pixelType(), order, metadata.shape());
    }

    private static ByteOrder order(NrrdHeader header, int width) throws ImageFormatException {
        if (width == 1) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        return switch (header.need("endian")) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default ->
                throw new ImageFormatException(header.file(), "endian " + header.need("endian"), "little or big");
        };
    }

    private static long afterLines(Path data, long start, long lines) throws IOException {
        if (lines <= 0) {
            return start;
        }
        try (InputStream in = Unpacking.NONE.open(data, start)) {
            long position = start;
            for (long left = lines; left > 0; position++) {
                int next = in.read();
                if (next < 0) {
                    throw new ImageFormatException(data, "fewer lines", "voxels after line " + lines);
                }
                left -= next == '\n' ? 1 : 0;
            }
            return position;
        }
    }
}
