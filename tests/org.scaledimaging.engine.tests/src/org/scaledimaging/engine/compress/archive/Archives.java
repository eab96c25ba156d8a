package org.scaledimaging.engine.compress.archive;

import com.github.luben.zstd.ZstdOutputStream;
import io.airlift.compress.bzip2.BZip2HadoopStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Compresses, by the encoders that the libraries have, too. */
public final class Archives {
    private Archives() {}

    private interface Opening {
        OutputStream open(OutputStream out) throws IOException;
    }

    private static ByteBuffer compressed(byte[] bytes, Opening opening) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (OutputStream out = opening.open(encoded)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteBuffer.wrap(encoded.toByteArray());
    }

    public static ByteBuffer bzip2(byte[] bytes) {
        return compressed(bytes, new BZip2HadoopStreams()::createOutputStream);
    }

    public static ByteBuffer xz(byte[] bytes) {
        return compressed(bytes, out -> new XZOutputStream(out, new LZMA2Options(1)));
    }

    public static ByteBuffer zstd(byte[] bytes) {
        return compressed(bytes, out -> new ZstdOutputStream(out).setChecksum(true));
    }
}
