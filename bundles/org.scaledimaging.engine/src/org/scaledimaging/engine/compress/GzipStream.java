package org.scaledimaging.engine.compress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses a gzip file (RFC 1952) of one member or many. {@link java.util.zip.GZIPInputStream} does so, too, but
 * calls itself for each empty member, and fails after some thousand of them. Bytes after the last member are ignored.
 */
public final class GzipStream extends InputStream {
    private static final int MAGIC = 0x8b1f;
    private static final int DEFLATED = 8;
    private static final int CHECKED_HEADER = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    /** Nobody writes so many empty members one after the other. */
    private static final int MOST_EMPTY = 1_000_000;

    private final InputStream in;
    private final byte[] input;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final CRC32 headerChecksum = new CRC32();
    private int position;
    private int limit;
    private int empty;
    private boolean ended;

    /**
     * Reads the first header.
     *
     * @param in closed along with this
     * @param buffer how many bytes to read at once
     * @throws ZipException when it is none
     */
    public GzipStream(InputStream in, int buffer) throws IOException {
        this.in = in;
        this.input = new byte[buffer];
        boolean ready = false;
        try {
            readHeader();
            ready = true;
        } finally {
            if (!ready) {
                inflater.end();
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int inflated = inflate(bytes, offset, length);
            if (inflated > 0) {
                checksum.update(bytes, offset, inflated);
                return inflated;
            }
            if (inflater.finished()) {
                position = limit - inflater.getRemaining();
                endMember();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("a preset dictionary");
            } else if (inflater.needsInput()) {
                position = limit;
                if (!fill()) {
                    throw new EOFException("Unexpected end of ZLIB input stream");
                }
                inflater.setInput(input, 0, limit);
            }
        }
        return -1;
    }

    private int inflate(byte[] bytes, int offset, int length) throws ZipException {
        try {
            return inflater.inflate(bytes, offset, length);
        } catch (DataFormatException e) {
            throw new ZipException(e.getMessage() == null ? "Invalid ZLIB data format" : e.getMessage());
        }
    }

    /** Checks what ends a member, and looks for another one. */
    private void endMember() throws IOException {
        long sum = readShort() | (long) readShort() << 16;
        long size = readShort() | (long) readShort() << 16;
        if (sum != checksum.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new ZipException("Corrupt GZIP trailer");
        }
        empty = inflater.getBytesWritten() == 0 ? empty + 1 : 0;
        if (empty > MOST_EMPTY) {
            throw new ZipException("more than " + MOST_EMPTY + " empty members, one after the other");
        }
        try {
            readHeader();
        } catch (EOFException | ZipException e) {
            ended = true; // no member any more
        }
    }

    private void readHeader() throws IOException {
        headerChecksum.reset();
        if (readShort() != MAGIC) {
            throw new ZipException("Not in GZIP format");
        }
        if (readByte() != DEFLATED) {
            throw new ZipException("Unsupported compression method");
        }
        int flags = readByte();
        skip(6); // time, flags of the compressor, system
        if ((flags & EXTRA) != 0) {
            skip(readShort());
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & CHECKED_HEADER) != 0) {
            int expected = (int) headerChecksum.getValue() & 0xffff;
            if (readShort() != expected) {
                throw new ZipException("Corrupt GZIP header");
            }
        }
        checksum.reset();
        inflater.reset();
        inflater.setInput(input, position, limit - position);
    }

    private void skipText() throws IOException {
        while (readByte() != 0) {
            // up to its end
        }
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            readByte();
        }
    }

    private int readShort() throws IOException {
        int low = readByte();
        return low | readByte() << 8;
    }

    private int readByte() throws IOException {
        if (position == limit && !fill()) {
            throw new EOFException();
        }
        int next = input[position++] & 0xff;
        headerChecksum.update(next);
        return next;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(input, 0, input.length));
        return limit > 0;
    }

    @Override
    public int available() {
        return ended ? 0 : 1;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        inflater.end();
        in.close();
    }
}
