package org.scaledimaging.fuzzing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Small sound NIfTI files, by the offsets of nifti1.h and nifti2.h. */
final class HandMadeNifti {
    private static final int[] SHAPE = {5, 4, 3}; // x, y, z

    private HandMadeNifti() {}

    /** @param datatype NIfTI's code: 4 is int16, 16 float32, 512 uint16 */
    static byte[] version1(int datatype, boolean bigEndian) {
        int bytes = datatype == 16 ? 4 : 2;
        ByteBuffer file =
                ByteBuffer.allocate(352 + 60 * bytes).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 348)
                .putShort(40, (short) 3)
                .putShort(70, (short) datatype)
                .putShort(72, (short) (8 * bytes));
        file.putFloat(76, 1).putFloat(108, 352).put(123, (byte) 10);
        for (int d = 0; d < 3; d++) {
            file.putShort(42 + 2 * d, (short) SHAPE[d]).putFloat(80 + 4 * d, d + 1);
            file.putFloat(280 + 20 * d, d + 1).putFloat(292 + 16 * d, -7);
        }
        file.putFloat(112, datatype == 512 ? 2 : 0).putShort(252, (short) 1).putShort(254, (short) 2);
        return filled(file, 344, "n+1\0", 352, bytes);
    }

    static byte[] version2(int datatype) {
        int bytes = datatype == 16 ? 4 : 2;
        ByteBuffer file = ByteBuffer.allocate(544 + 60 * bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 540)
                .putShort(12, (short) datatype)
                .putShort(14, (short) (8 * bytes))
                .putLong(16, 3);
        file.putDouble(104, 1).putLong(168, 544);
        for (int d = 0; d < 3; d++) {
            file.putLong(24 + 8 * d, SHAPE[d]).putDouble(112 + 8 * d, d + 1);
        }
        return filled(file, 4, "n+2\0\r\n\u001a\n", 544, bytes);
    }

    private static byte[] filled(ByteBuffer file, int at, String magic, int voxels, int bytes) {
        byte[] text = magic.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < text.length; i++) {
            file.put(at + i, text[i]);
        }
        for (int i = voxels; i < voxels + 60 * bytes; i++) {
            file.put(i, (byte) (i * 7 % 61));
        }
        return file.array();
    }
}
