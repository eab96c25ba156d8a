package org.scaledimaging.engine.compress.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
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
        InputStream encoded =
                new ByteArrayInputStream(data.array(), data.arrayOffset() + data.position(), data.remaining());
        try (ArchiveStream stream = ArchiveStream.bzip2(encoded)) {
            int length = stream.readNBytes(target, 0, target.length);
            if (stream.read() >= 0) { // reading on to the end also checks the checksum
                throw new CorruptDataException(
                        "bzip2 data of more than " + target.length + " bytes", "at most that many");
            }
            return length;
        } catch (IOException e) {
            throw new CorruptDataException("damaged bzip2 data", "a whole bzip2 stream", e);
        }
    }
}
