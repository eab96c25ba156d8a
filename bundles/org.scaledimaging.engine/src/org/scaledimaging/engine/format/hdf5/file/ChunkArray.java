package org.scaledimaging.engine.format.hdf5.file;

import io.jhdf.Constants;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.cache.BoundedCache;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * Elements of an array in a file, each the place of a chunk, by their number (HDF5 file format, VII.C and VII.D): a fixed
 * array, or an extensible one, whose blocks grow. A bounded number of blocks is in memory.
 */
abstract class ChunkArray implements ChunkIndex {
    private static final int PREFIX = 6;
    private static final int CHECKSUM = 4;
    private static final long CACHED_BYTES = 4 << 20;

    private final Hdf5File file;
    private final ChunkNumbers numbers;
    private final int chunkBytes;
    private final BoundedCache<Long, ByteBuffer> blocks = new BoundedCache<>(CACHED_BYTES);

    /** Bytes of an element: an address, and of filtered chunks a size and the filters left out. */
    private int elementBytes;

    private ChunkArray(Hdf5File file, ChunkNumbers numbers, int chunkBytes) {
        this.file = file;
        this.numbers = numbers;
        this.chunkBytes = chunkBytes;
    }

    /**
     * The number of a chunk.
     *
     * @param most chunks along each axis that there may ever be; what grows without end counts as the slowest axis
     */
    record ChunkNumbers(Interval most, int endless) {
        /** @param maximum lengths, −1 for without end */
        static ChunkNumbers of(long[] chunkShape, long[] shape, long[] maximum) {
            long[] most = new long[shape.length];
            int endless = -1;
            for (int d = 0; d < shape.length; d++) {
                long length = Math.max(shape[d], maximum[d]);
                most[d] = (length - 1) / chunkShape[d] + 1;
                endless = maximum[d] < 0 && endless < 0 ? d : endless;
            }
            return new ChunkNumbers(Interval.ofShape(most), endless);
        }

        long number(long[] cell) {
            long number = endless < 0 ? 0 : cell[endless];
            for (int d = 0; d < cell.length; d++) {
                number = d == endless ? number : number * most.length(d) + cell[d];
            }
            return number;
        }
    }

    @Override
    public Optional<Place> place(long[] cell) throws IOException {
        Optional<ByteBuffer> element = element(numbers.number(cell));
        if (element.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer bytes = element.get();
        int offset = file.getSizeOfOffsets();
        long address = unsigned(bytes, offset);
        if (isUndefined(address)) {
            return Optional.empty();
        }
        if (elementBytes <= offset + CHECKSUM) {
            return Optional.of(new Place(address, chunkBytes, 0));
        }
        long size = unsigned(bytes, elementBytes - offset - Integer.BYTES);
        return Optional.of(
                new Place(address, (int) Math.min(size & Long.MAX_VALUE, Integer.MAX_VALUE), bytes.getInt()));
    }

    /** Nothing where it was never set. */
    abstract Optional<ByteBuffer> element(long number) throws IOException;

    boolean isUndefined(long address) {
        int bits = 8 * file.getSizeOfOffsets();
        return address == Constants.UNDEFINED_ADDRESS || bits < Long.SIZE && address == (1L << bits) - 1;
    }

    static long unsigned(ByteBuffer bytes, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes.get() & 0xffL) << 8 * i;
        }
        return value;
    }

    ByteBuffer block(long address, long length, String signature) throws IOException {
        if (length < 0 || length > Integer.MAX_VALUE / 4) {
            throw damaged();
        }
        ByteBuffer block = blocks.get(address, length, () -> file.read(address, (int) length, "an index of chunks"));
        for (int i = 0; i < signature.length(); i++) {
            if (block.get(i) != signature.charAt(i)) {
                throw damaged();
            }
        }
        return block;
    }

    ImageFormatException damaged() {
        return new ImageFormatException(file.path(), "a damaged index of chunks", "one as HDF5 writes it");
    }

    ByteBuffer at(ByteBuffer block, long index) {
        return block.duplicate().order(block.order()).position((int) index);
    }

    /** Whether a bit is set, the first being the highest of its byte. */
    static boolean isSet(ByteBuffer bits, int from, long bit) {
        return (bits.get(from + (int) (bit / 8)) & 0x80 >> bit % 8) != 0;
    }

    /** An element of a page behind a block: pages have a checksum each, and may never have been written. */
    Optional<ByteBuffer> inPage(long pages, long page, long perPage, long within) throws IOException {
        long pageBytes = perPage * elementBytes;
        long at = pages + page * (pageBytes + CHECKSUM) + within * elementBytes;
        return Optional.of(blocks.get(at, elementBytes, () -> file.read(at, elementBytes, "an index of chunks"))
                .duplicate()
                .order(java.nio.ByteOrder.LITTLE_ENDIAN));
    }

    /** Of a dataset that cannot grow, or not beyond known lengths. */
    static ChunkIndex fixed(Hdf5File file, long address, ChunkNumbers numbers, int chunkBytes) throws IOException {
        return new Fixed(file, address, numbers, chunkBytes);
    }

    /** Of a dataset that can grow along one axis without end. */
    static ChunkIndex extensible(Hdf5File file, long address, ChunkNumbers numbers, int chunkBytes) throws IOException {
        return new Extensible(file, address, numbers, chunkBytes);
    }

    private static final class Fixed extends ChunkArray {
        private final long count;
        private final long perPage;
        private final long start;

        Fixed(Hdf5File file, long address, ChunkNumbers numbers, int chunkBytes) throws IOException {
            super(file, numbers, chunkBytes);
            ByteBuffer header =
                    at(block(address, 8 + file.getSizeOfLengths() + file.getSizeOfOffsets(), "FAHD"), PREFIX);
            super.elementBytes = header.get() & 0xff;
            this.perPage = 1L << header.get();
            this.count = unsigned(header, file.getSizeOfLengths());
            this.start = unsigned(header, file.getSizeOfOffsets());
            if (super.elementBytes < file.getSizeOfOffsets() || perPage < 1 || count < 0) {
                throw damaged();
            }
        }

        @Override
        Optional<ByteBuffer> element(long number) throws IOException {
            if (number >= count || isUndefined(start)) {
                return Optional.empty();
            }
            int elementBytes = super.elementBytes;
            int prefix = PREFIX + super.file.getSizeOfOffsets();
            if (count <= perPage) {
                ByteBuffer block = block(start, prefix + count * elementBytes, "FADB");
                return Optional.of(at(block, prefix + number * elementBytes));
            }
            long pages = (count - 1) / perPage + 1;
            long bitmap = (pages + 7) / 8;
            ByteBuffer block = block(start, prefix + bitmap, "FADB");
            long page = number / perPage;
            return isSet(block, prefix, page)
                    ? inPage(start + prefix + bitmap + CHECKSUM, page, perPage, number % perPage)
                    : Optional.empty();
        }
    }

    private static final class Extensible extends ChunkArray {
        private final int countBits;
        private final int inIndex;
        private final int leastElements;
        private final int leastPointers;
        private final long perPage;
        private final long index;

        Extensible(Hdf5File file, long address, ChunkNumbers numbers, int chunkBytes) throws IOException {
            super(file, numbers, chunkBytes);
            int lengths = 6 * file.getSizeOfLengths();
            ByteBuffer header = at(block(address, PREFIX + 6 + lengths + file.getSizeOfOffsets(), "EAHD"), PREFIX);
            super.elementBytes = header.get() & 0xff;
            this.countBits = header.get();
            this.inIndex = header.get() & 0xff;
            this.leastElements = header.get() & 0xff;
            this.leastPointers = header.get() & 0xff;
            this.perPage = 1L << header.get();
            this.index = unsigned(header.position(header.position() + lengths), file.getSizeOfOffsets());
            boolean powers = Integer.bitCount(leastElements) == 1 && Integer.bitCount(leastPointers) == 1;
            if (super.elementBytes < file.getSizeOfOffsets()
                    || !powers
                    || countBits < 1
                    || countBits > 64
                    || perPage < 1
                    || Integer.numberOfTrailingZeros(leastElements) > countBits) {
                throw damaged();
            }
        }

        @Override
        Optional<ByteBuffer> element(long number) throws IOException {
            if (isUndefined(index)) {
                return Optional.empty();
            }
            int elementBytes = super.elementBytes;
            int offset = super.file.getSizeOfOffsets();
            int prefix = PREFIX + offset;
            int pointers = 2 * (leastPointers - 1);
            int superBlocksInIndex = 2 * Integer.numberOfTrailingZeros(leastPointers);
            int superBlocks = 1 + countBits - Integer.numberOfTrailingZeros(leastElements);
            long pointersAt = prefix + (long) inIndex * elementBytes;
            long length = pointersAt + (long) (pointers + Math.max(0, superBlocks - superBlocksInIndex)) * offset;
            ByteBuffer block = block(index, length, "EAIB");
            if (number < inIndex) {
                return Optional.of(at(block, prefix + number * elementBytes));
            }
            // Super block s has 2^(s/2) blocks of 2^((s+1)/2) times the least number of elements.
            long rest = number - inIndex;
            int which = 63 - Long.numberOfLeadingZeros(rest / leastElements + 1);
            if (which >= superBlocks) {
                throw damaged();
            }
            long within = rest - ((1L << which) - 1) * leastElements;
            long perBlock = (1L << (which + 1) / 2) * leastElements;
            long blockNumber = within / perBlock;
            if (which < superBlocksInIndex) {
                long before = which % 2 == 0 ? 2 * ((1L << which / 2) - 1) : 3 * (1L << which / 2) - 2;
                long address = unsigned(at(block, pointersAt + (before + blockNumber) * offset), offset);
                return inBlock(address, perBlock, within % perBlock);
            }
            long at = pointersAt + (pointers + which - superBlocksInIndex) * (long) offset;
            long superBlock = unsigned(at(block, at), offset);
            return isUndefined(superBlock)
                    ? Optional.empty()
                    : inSuperBlock(superBlock, 1L << which / 2, perBlock, blockNumber, within % perBlock);
        }

        private int offsetBytes() {
            return (countBits + 7) / 8;
        }

        private Optional<ByteBuffer> inBlock(long address, long perBlock, long within) throws IOException {
            if (isUndefined(address)) {
                return Optional.empty();
            }
            long prefix = PREFIX + super.file.getSizeOfOffsets() + offsetBytes();
            ByteBuffer block = block(address, prefix + perBlock * super.elementBytes, "EADB");
            return Optional.of(at(block, prefix + within * super.elementBytes));
        }

        private Optional<ByteBuffer> inSuperBlock(long address, long blocks, long perBlock, long which, long within)
                throws IOException {
            int offset = super.file.getSizeOfOffsets();
            int prefix = PREFIX + offset + offsetBytes();
            long pages = perBlock > perPage ? perBlock / perPage : 0;
            long bitmap = blocks * ((pages + 7) / 8);
            ByteBuffer block = block(address, prefix + bitmap + blocks * offset, "EASB");
            long at = unsigned(at(block, prefix + bitmap + which * offset), offset);
            if (pages == 0 || isUndefined(at)) {
                return inBlock(at, perBlock, within);
            }
            long page = within / perPage;
            return isSet(block, prefix, which * pages + page)
                    ? inPage(at + prefix + CHECKSUM, page, perPage, within % perPage)
                    : Optional.empty();
        }
    }
}
