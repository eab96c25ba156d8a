package org.scaledimaging.engine.format.raw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.scaledimaging.engine.Image;

/** Voxels of 16 bits, −1000, −700, −400 …, for files that tests write by hand. */
public final class ShortVoxels {
    private ShortVoxels() {}

    /** All voxels of an image of int16. */
    public static short[] voxels(Image image) throws IOException {
        return (short[]) image.source().read(image.metadata().interval()).voxels();
    }

    /** As a file has them. */
    public static byte[] shorts(ByteOrder order, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * count).order(order);
        for (short value : expected(count)) {
            bytes.putShort(value);
        }
        return bytes.array();
    }

    /** As an image has them that is read right. */
    public static short[] expected(int count) {
        short[] values = new short[count];
        for (int i = 0; i < count; i++) {
            values[i] = (short) (300 * i - 1000);
        }
        return values;
    }
}
