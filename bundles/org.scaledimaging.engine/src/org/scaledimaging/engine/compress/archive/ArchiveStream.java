package org.scaledimaging.engine.compress.archive;

import com.github.luben.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.scaledimaging.engine.compress.NativeZstd;

/**
 * The content of a compressed file, by whichever library decodes it. Damage is a {@link ZipException}, or an
 * {@link EOFException} where the data end early; what the file itself fails with comes as it is.
 */
public final class ArchiveStream extends InputStream {
    private final Encoded encoded;
    private final InputStream content;

    private ArchiveStream(InputStream in, Opening opening) throws IOException {
        this.encoded = new Encoded(in);
        this.content = decoding(() -> opening.open(encoded));
    }

    /** bzip2, of one stream or several. */
    public static ArchiveStream bzip2(InputStream in) throws IOException {
        return new ArchiveStream(in, Bzip2Stream::new);
    }

    /** The xz format. */
    public static ArchiveStream xz(InputStream in) throws IOException {
        return new ArchiveStream(in, Lzma::xz);
    }

    /** zstd, of one frame or several. */
    public static ArchiveStream zstd(InputStream in) throws IOException {
        if (!NativeZstd.isUsable()) {
            throw new IOException("zstd: found " + NativeZstd.problem() + ", expected " + NativeZstd.remedy() + ".");
        }
        return new ArchiveStream(in, ZstdInputStream::new);
    }

    private interface Opening {
        InputStream open(InputStream encoded) throws IOException;
    }

    private interface Decoding<T> {
        T get() throws IOException;
    }

    private <T> T decoding(Decoding<T> step) throws IOException {
        try {
            return step.get();
        } catch (IOException | RuntimeException e) { // a library may not look whether an index that it read is one
            if (encoded.failure != null) {
                throw encoded.failure;
            }
            IOException damage = encoded.ended
                    ? new EOFException("compressed data that end early")
                    : new ZipException(e.getMessage() == null ? "no such stream" : e.getMessage());
            damage.initCause(e);
            throw damage;
        }
    }

    @Override
    public int read() throws IOException {
        return decoding(content::read);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return decoding(() -> content.read(bytes, offset, length));
    }

    @Override
    public void close() throws IOException {
        encoded.close();
        content.close();
    }

    /** The file's bytes; remembers what became of reading them. */
    private static final class Encoded extends FilterInputStream {
        private IOException failure;
        private boolean ended;

        Encoded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return seen(super::read);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return seen(() -> super.read(bytes, offset, length));
        }

        private int seen(Decoding<Integer> read) throws IOException {
            try {
                int count = read.get();
                ended |= count < 0;
                return count;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
