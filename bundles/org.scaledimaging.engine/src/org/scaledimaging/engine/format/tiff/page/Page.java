package org.scaledimaging.engine.format.tiff.page;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * A page: its pixels, and where they are.
 *
 * @param directory where its directory lies in the file
 * @param offsets of tiles or strips
 * @param byteCounts of tiles or strips; none where these are not compressed, or not known
 * @param jpegTables what the JPEG streams of tiles or strips have in common
 * @param levels offsets of the directories of the page's coarser resolutions
 * @param shift added to the offsets of tiles or strips: not 0 for planes that follow on that of the page alone
 * @param wraps whether an offset before the first one has lost what is above 32 bits
 */
public record Page(
        TiffFile file,
        PageLayout layout,
        long directory,
        Directory.Entry offsets,
        Optional<Directory.Entry> byteCounts,
        Optional<Directory.Entry> jpegTables,
        List<Long> levels,
        long shift,
        boolean wraps) {

    static Page of(Directory directory, PageLayout layout) throws IOException {
        TiffFile file = directory.file();
        boolean tiled = layout.tiled();
        Optional<Directory.Entry> offsets = directory.entry(tiled ? Tags.TILE_OFFSETS : Tags.STRIP_OFFSETS);
        Optional<Directory.Entry> counts = directory.entry(tiled ? Tags.TILE_BYTE_COUNTS : Tags.STRIP_BYTE_COUNTS);
        String tiles = layout.tiles() + (tiled ? " tiles" : " strips");
        if (offsets.isEmpty() || offsets.get().count() < layout.tiles()) {
            throw new ImageFormatException(
                    file.path(),
                    "places of " + offsets.map(Directory.Entry::count).orElse(0L) + (tiled ? " tiles" : " strips")
                            + " in the directory at byte " + directory.offset(),
                    "those of " + tiles + ", as its page has");
        }
        boolean needed = layout.compression() != Compression.NONE;
        if (counts.isPresent() ? counts.get().count() < layout.tiles() : needed) {
            throw new ImageFormatException(
                    file.path(),
                    "sizes of " + counts.map(Directory.Entry::count).orElse(0L) + (tiled ? " tiles" : " strips")
                            + " in the directory at byte " + directory.offset(),
                    "those of " + tiles + ", as its page has");
        }
        List<Long> levels = new ArrayList<>();
        for (long level : directory.numbers(Tags.SUB_IFDS)) {
            levels.add(level);
        }
        return new Page(
                file,
                layout,
                directory.offset(),
                offsets.get(),
                counts,
                directory.entry(Tags.JPEG_TABLES),
                levels,
                0,
                false);
    }

    /** A page like this one whose pixels lie so many bytes further on. */
    public Page shifted(long bytes) {
        return new Page(file, layout, directory, offsets, byteCounts, jpegTables, List.of(), shift + bytes, wraps);
    }

    /**
     * A page like this one as LSM has them: offsets without what is above 32 bits, and sizes of strips before these were
     * compressed.
     *
     * @param shift what is to be added to the first offset
     */
    public Page ofLsm(long shift) {
        return new Page(file, layout, directory, offsets, Optional.empty(), jpegTables, List.of(), shift, true);
    }

    /** Where a tile or strip is. */
    public long offset(long tile) throws IOException {
        return unwrapped(offsets.numbers(file, tile, 1, "the places of tiles or strips"))[0];
    }

    private long[] unwrapped(long[] places) throws IOException {
        long first = wraps ? offsets.numbers(file, 0, 1, "the places of strips")[0] : 0;
        for (int i = 0; i < places.length; i++) {
            places[i] += shift + (places[i] < first ? 1L << 32 : 0);
        }
        return places;
    }

    /** Where strips are, from {@code first} on. */
    long[] offsets(long first, int count) throws IOException {
        return unwrapped(offsets.numbers(file, first, count, "the places of strips"));
    }

    /** How many bytes a tile or strip takes in the file. */
    private long bytes(long tile, long offset, int decoded) throws IOException {
        if (byteCounts.isPresent()) {
            return byteCounts.get().numbers(file, tile, 1, "the sizes of tiles or strips")[0];
        }
        return layout.compression() == Compression.NONE
                ? decoded
                : Math.max(0, Math.min(file.size() - offset, Codec.encodedLimit(decoded)));
    }

    /** Begins to fetch a tile or strip that {@link #stored} is going to be asked for. */
    void announce(long tile, int decoded, Ahead ahead) throws IOException {
        long offset = offset(tile);
        long bytes = bytes(tile, offset, decoded);
        if (bytes <= Codec.encodedLimit(decoded)) {
            file.announce(offset, bytes, ahead);
        }
    }

    /**
     * A tile or strip as the file has it; empty where it has none, which stands for zeros.
     *
     * @param decoded how many bytes it stands for
     */
    Optional<ByteBuffer> stored(long tile, int decoded) throws IOException {
        long offset = offset(tile);
        String what = layout.tiled() ? "a tile" : "a strip";
        long bytes = bytes(tile, offset, decoded);
        if (bytes == 0) {
            return Optional.empty();
        }
        if (bytes < 0 || bytes > Codec.encodedLimit(decoded)) {
            throw new ImageFormatException(
                    file.path(),
                    what + " of " + Long.toUnsignedString(bytes) + " bytes at byte " + offset,
                    "not much more than the " + decoded + " that its pixels take");
        }
        if (decoded / layout.compression().most() > bytes) {
            throw new ImageFormatException(
                    file.path(),
                    what + " of " + bytes + " bytes at byte " + offset + " with the compression "
                            + layout.compression().label(),
                    "the " + decoded + " bytes that its pixels take in it");
        }
        ByteBuffer stored = file.read(offset, bytes, what);
        Samples.mirror(stored, layout);
        return Optional.of(stored);
    }
}
