package org.scaledimaging.engine.format.tiff.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.Transposition;
import org.scaledimaging.engine.block.VoxelBytes;

/** Makes arrays of a pixel type from a file's bytes: pixels of interleaved samples become one plane per sample. */
final class Samples {
    private Samples() {}

    /**
     * @param pixels how many
     * @param samples per pixel
     * @return of {@code pixels · samples} values, all pixels of the first sample first
     */
    static Object of(byte[] bytes, ByteOrder order, PixelType type, int pixels, int samples) {
        int length = pixels * samples;
        Object values = type.allocate(length);
        VoxelBytes.of(ByteBuffer.wrap(bytes).order(order), type).get(0, values, 0, length);
        if (samples == 1) {
            return values;
        }
        Object planes = type.allocate(length);
        Transposition.transpose(values, new long[] {pixels, samples}, AxisOrder.reversed(2), planes);
        return planes;
    }
}
