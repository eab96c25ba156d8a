package org.scaledimaging.engine.format.raw.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The members of a gzip file one by one, as {@link GzipOutput} writes them: of a bounded size, with plain headers. */
final class GzipMembers implements Closeable {
    private static final int INPUT_BYTES = 1 << 16;

    /** What is wrong with the file. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedException(String message) {
            super(message);
        }
    }

    private final ReadableByteChannel file;
    private final ByteBuffer input =
            ByteBuffer.allocate(INPUT_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private final ByteBuffer content = ByteBuffer.allocate(GzipOutput.MEMBER_BYTES);
    private final Inflater inflater = new Inflater(true);

    GzipMembers(ReadableByteChannel file) {
        this.file = file;
    }

    /** The content of the next member, valid until the one after it; null at the end of the file. */
    ByteBuffer next() throws IOException {
        if (!fill(1)) {
            return null;
        }
        need(GzipOutput.HEADER_BYTES);
        for (byte expected : GzipOutput.HEADER) {
            if (input.get() != expected) {
                throw new DamagedException("a member's header");
            }
        }
        inflate();
        need(GzipOutput.TRAILER_BYTES);
        CRC32 checksum = new CRC32();
        checksum.update(content.duplicate());
        if (input.getInt() != (int) checksum.getValue() || input.getInt() != content.remaining()) {
            throw new DamagedException("a member's checksum");
        }
        return content;
    }

    private void inflate() throws IOException {
        inflater.reset();
        inflater.setInput(input);
        content.clear();
        try {
            while (!inflater.finished()) {
                int inflated = inflater.inflate(content);
                if (inflater.needsInput()) {
                    need(1);
                    inflater.setInput(input);
                } else if (inflated == 0 && !inflater.finished()) {
                    throw new DamagedException("a member of more than " + content.capacity() + " bytes");
                }
            }
        } catch (DataFormatException e) {
            throw new DamagedException(String.valueOf(e.getMessage()));
        }
        content.flip();
    }

    private void need(int bytes) throws IOException {
        if (!fill(bytes)) {
            throw new DamagedException("an early end");
        }
    }

    /** Has at least so many bytes ready; false if there are not as many. */
    private boolean fill(int bytes) throws IOException {
        if (input.remaining() >= bytes) {
            return true;
        }
        input.compact();
        int read = 0;
        while (input.position() < bytes && read >= 0) {
            read = file.read(input);
        }
        input.flip();
        return input.remaining() >= bytes;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
