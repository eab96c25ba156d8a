package org.scaledimaging.engine.format.hdf5.file;

import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.Fletcher32;
import org.scaledimaging.engine.compress.Lzf;
import org.scaledimaging.engine.compress.Zlib;
import org.scaledimaging.engine.compress.Zstd;
import org.scaledimaging.engine.compress.blosc.Blosc;
import org.scaledimaging.engine.compress.blosc.ByteShuffle;
import org.scaledimaging.engine.compress.lz4.Lz4Pieces;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * Undoes what was done to the bytes of each chunk of a dataset before they were stored, by the numbers that the HDF
 * Group gives filters.
 *
 * @param codecs in the order in which they were applied
 */
record Filters(List<Codec> codecs) {
    private static final String READ = "deflate, shuffle, fletcher32, lzf, lz4, blosc or zstd";
    private static final int CHECKSUM_BYTES = 4;
    private static final int MOST_HEADERS = 1024;

    /** Those of others that are met most. */
    private static final Map<Integer, String> OTHERS = Map.ofEntries(
            Map.entry(4, "szip"),
            Map.entry(5, "nbit"),
            Map.entry(6, "scaleoffset"),
            Map.entry(307, "bzip2"),
            Map.entry(32002, "blosc 1.1 of PyTables"),
            Map.entry(32008, "bitshuffle"),
            Map.entry(32012, "jpeg-ls"),
            Map.entry(32013, "zfp"),
            Map.entry(32017, "sz"),
            Map.entry(32019, "jpeg"),
            Map.entry(32022, "b3d"),
            Map.entry(32026, "blosc2"));

    /** @throws ImageFormatException when there is one that is not read */
    static Filters of(List<FilterInfo> infos, int typeSize, String location) throws ImageFormatException {
        List<Codec> codecs = new ArrayList<>();
        for (FilterInfo info : infos) {
            int[] values = info.getData();
            codecs.add(
                    switch (info.getId()) {
                        case 1 -> new Zlib(5);
                        case 2 -> new ByteShuffle(values.length > 0 && values[0] > 0 ? values[0] : typeSize);
                        case 3 -> new Fletcher32();
                        case 32000 -> new Lzf();
                        case 32001 -> new Blosc("lz4", 5, Blosc.Filter.SHUFFLE, 1, 0);
                        case 32004 -> new Lz4Pieces();
                        case 32015 -> new Zstd(0, false);
                        default -> throw new ImageFormatException(location, "the filter " + name(info), READ);
                    });
        }
        return new Filters(List.copyOf(codecs));
    }

    private static String name(FilterInfo info) {
        String known = OTHERS.get(info.getId());
        String own = info.getName() == null || info.getName().equals("undefined") ? "" : info.getName();
        return (known == null ? own : known) + (known == null ? " with the number " + info.getId() : "");
    }

    boolean areSlow() {
        return codecs.stream().anyMatch(Codec::isSlow);
    }

    /**
     * Undoes them.
     *
     * @param left out of each chunk, a bit for each filter, the first in the lowest
     * @param bytes of the chunk
     * @return as many bytes as the chunk has, or fewer where it was cut short
     */
    ByteBuffer decode(ByteBuffer stored, int left, int bytes) throws CorruptDataException {
        int[] limits = new int[codecs.size()];
        int limit = bytes;
        for (int i = 0; i < limits.length; i++) {
            limits[i] = limit;
            boolean applied = (left >>> i & 1) == 0;
            limit += applied ? longerBy(codecs.get(i), limit) : 0;
        }
        ByteBuffer content = stored;
        for (int i = limits.length - 1; i >= 0; i--) {
            if ((left >>> i & 1) == 0) {
                byte[] target = new byte[limits[i]];
                content = ByteBuffer.wrap(target, 0, codecs.get(i).decode(content, target));
            }
        }
        return content;
    }

    /** How many bytes a filter adds at most: what compresses makes noise a little longer. */
    private static int longerBy(Codec codec, int bytes) {
        if (codec instanceof ByteShuffle) {
            return 0;
        }
        return codec instanceof Fletcher32 ? CHECKSUM_BYTES : bytes / 16 + MOST_HEADERS;
    }
}
