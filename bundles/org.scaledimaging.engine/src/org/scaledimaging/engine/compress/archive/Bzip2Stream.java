package org.scaledimaging.engine.compress.archive;

import io.airlift.compress.bzip2.BZip2HadoopStreams;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Decompresses bzip2 data of one stream or, as programs write that compress in parallel, many. The library knows one: the
 * data are cut where the next one begins, with a mark of ten bytes. Throws whatever the library throws of damaged ones.
 */
final class Bzip2Stream extends InputStream {
    private static final BZip2HadoopStreams DECODER = new BZip2HadoopStreams();
    private static final long BLOCK = 0x314159265359L;
    private static final long END = 0x177245385090L;
    private static final int MARK_BYTES = 10;

    private final Part part;
    private InputStream stream;
    private boolean begun;

    Bzip2Stream(InputStream in) {
        this.part = new Part(new BufferedInputStream(in));
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
        while (stream != null || next()) {
            int read = stream.read(bytes, offset, length);
            if (read > 0) {
                return read;
            }
            stream = null;
        }
        return -1;
    }

    /** Goes on to the next stream, if there is one; bytes that are none are ignored behind the first. */
    private boolean next() throws IOException {
        boolean more = part.isMark();
        if (!more && !begun) {
            throw new IOException("no bzip2 stream");
        }
        begun = true;
        part.begin();
        stream = more ? DECODER.createInputStream(part) : null;
        return more;
    }

    @Override
    public void close() throws IOException {
        part.in.close();
    }

    /** The bytes of a stream: ends before the mark of the next one. */
    private static final class Part extends InputStream {
        private final BufferedInputStream in;
        private boolean inside;
        private boolean ended;

        Part(BufferedInputStream in) {
            this.in = in;
        }

        void begin() {
            inside = false;
            ended = false;
        }

        @Override
        public int read() throws IOException {
            if (ended) {
                return -1;
            }
            in.mark(MARK_BYTES);
            int next = in.read();
            if (next == 'B' && inside) {
                in.reset();
                ended = isMark();
                return ended ? -1 : in.read();
            }
            inside = true;
            ended = next < 0;
            return next;
        }

        /** Whether a stream begins here. */
        boolean isMark() throws IOException {
            in.mark(MARK_BYTES);
            byte[] mark = in.readNBytes(MARK_BYTES);
            in.reset();
            if (mark.length < MARK_BYTES || mark[0] != 'B' || mark[1] != 'Z' || mark[2] != 'h') {
                return false;
            }
            long magic = 0;
            for (int i = 4; i < MARK_BYTES; i++) {
                magic = magic << 8 | mark[i] & 0xff;
            }
            return mark[3] >= '1' && mark[3] <= '9' && (magic == BLOCK || magic == END);
        }
    }
}
