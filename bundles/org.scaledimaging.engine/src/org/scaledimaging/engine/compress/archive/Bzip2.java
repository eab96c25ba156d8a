package org.scaledimaging.engine.compress.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.Decoding;

/** bzip2: one stream, or several one after the other. */
public record Bzip2() implements Decoding {

    @Override
    public boolean isSlow() {
        return true;
    }

    @Override
    public int decode(ByteBuffer data, byte[] target) throws CorruptDataException {
        try (ArchiveStream stream = ArchiveStream.bzip2(Codec.stream(data))) {
            return Codec.readAll(stream, target, "bzip2");
        } catch (IOException e) {
            throw new CorruptDataException("damaged bzip2 data", "a whole bzip2 stream", e);
        }
    }
}
