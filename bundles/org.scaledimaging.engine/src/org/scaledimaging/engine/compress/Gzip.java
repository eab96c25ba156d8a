package org.scaledimaging.engine.compress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/**
 * The gzip format (RFC 1952).
 *
 * @param level 0 (stored) to 9 (small)
 */
public record Gzip(int level) implements Codec {

    public Gzip {
        Deflate.checkLevel(level);
    }

    @Override
    public boolean isSlow() {
        return true;
    }

    @Override
    public ByteBuffer encode(ByteBuffer data) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(data.remaining() / 2 + 64);
        try (GZIPOutputStream gzip = new Leveled(encoded, level)) {
            gzip.write(data.array(), data.arrayOffset() + data.position(), data.remaining());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never: all in memory
        }
        return ByteBuffer.wrap(encoded.toByteArray());
    }

    @Override
    public int decode(ByteBuffer data, byte[] target) throws CorruptDataException {
        try (GzipStream gzip = new GzipStream(Codec.stream(data), 1 << 16)) {
            return Codec.readAll(gzip, target, "gzip");
        } catch (IOException e) {
            throw new CorruptDataException("damaged gzip data", "a whole gzip file", e);
        }
    }

    private static final class Leveled extends GZIPOutputStream {
        Leveled(ByteArrayOutputStream out, int level) throws IOException {
            super(out, 1 << 16);
            def.setLevel(level);
        }
    }
}
