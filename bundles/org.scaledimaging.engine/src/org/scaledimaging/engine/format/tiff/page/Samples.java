package org.scaledimaging.engine.format.tiff.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.scaledimaging.engine.block.PixelType;

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
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length * type.bytes()).order(order);
        if (values instanceof byte[] array) {
            buffer.get(array);
        } else if (values instanceof short[] array) {
            buffer.asShortBuffer().get(array);
        } else if (values instanceof int[] array) {
            buffer.asIntBuffer().get(array);
        } else if (values instanceof long[] array) {
            buffer.asLongBuffer().get(array);
        } else if (values instanceof float[] array) {
            buffer.asFloatBuffer().get(array);
        } else {
            buffer.asDoubleBuffer().get((double[]) values);
        }
        return samples == 1 ? values : separate(values, type, pixels, samples);
    }

    private static Object separate(Object interleaved, PixelType type, int pixels, int samples) {
        Object planes = type.allocate(pixels * samples);
        for (int sample = 0; sample < samples; sample++) {
            int to = sample * pixels;
            for (int i = 0, from = sample; i < pixels; i++, from += samples, to++) {
                if (interleaved instanceof byte[] array) {
                    ((byte[]) planes)[to] = array[from];
                } else if (interleaved instanceof short[] array) {
                    ((short[]) planes)[to] = array[from];
                } else if (interleaved instanceof int[] array) {
                    ((int[]) planes)[to] = array[from];
                } else if (interleaved instanceof long[] array) {
                    ((long[]) planes)[to] = array[from];
                } else if (interleaved instanceof float[] array) {
                    ((float[]) planes)[to] = array[from];
                } else {
                    ((double[]) planes)[to] = ((double[]) interleaved)[from];
                }
            }
        }
        return planes;
    }
}
