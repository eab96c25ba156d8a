package org.scaledimaging.fuzzing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Small sound NIfTI files, by the offsets of nifti1.h and nifti2.h. */
final class HandMadeNifti {
    private static final int[] SHAPE = {5, 4, 3}; // x, y, z

    private HandMadeNifti() {}

    private static int bytes(int datatype) {
        return switch (datatype) {
            case 16, 2304 -> 4;
            case 128 -> 3;
            default -> 2;
        };
    }

    /** @param datatype NIfTI's code: 4 is int16, 16 float32, 128 RGB24, 512 uint16, 2304 RGBA32 */
    static byte[] version1(int datatype, boolean bigEndian) {
        int bytes = bytes(datatype);
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

    /** One with texts in all fields that have any, and two extensions: a comment, and one of AFNI's. */
    static byte[] withExtensions() {
        byte[] plain = version1(4, false);
        String names = "{\"ScaledImagingChannels\": {\"axis\": 4, \"names\": [\"a\"]}}";
        ByteBuffer file = ByteBuffer.allocate(plain.length + 128).order(ByteOrder.LITTLE_ENDIAN);
        file.put(plain, 0, 352).put(348, (byte) 1).putFloat(108, 352 + 128);
        file.put(148, "descrip".getBytes(StandardCharsets.US_ASCII)).putShort(68, (short) 1001);
        file.put(328, "intent".getBytes(StandardCharsets.US_ASCII))
                .putFloat(124, 9)
                .put(39, (byte) 0x39);
        file.putInt(352, 96).putInt(356, 6).put(360, names.getBytes(StandardCharsets.US_ASCII));
        file.putInt(448, 32).putInt(452, 4).put(456, "<AFNI/>".getBytes(StandardCharsets.US_ASCII));
        return file.put(480, plain, 352, plain.length - 352).array();
    }

    /** A header of ANALYZE 7.5, with or without the slope and the origin that SPM puts there. */
    static byte[] analyzeHeader(boolean ofSpm) {
        ByteBuffer header = ByteBuffer.wrap(version1(4, false), 0, 348).order(ByteOrder.LITTLE_ENDIAN);
        header.putFloat(108, 0).putFloat(112, ofSpm ? 2 : 0).putInt(344, 0);
        header.putShort(253, (short) (ofSpm ? 2 : 0)).put(38, (byte) 'r');
        byte[] bytes = new byte[348];
        header.get(0, bytes);
        return bytes;
    }

    /** A header of NIfTI-1 whose voxels are in a file of their own. */
    static byte[] pairHeader() {
        ByteBuffer header = ByteBuffer.wrap(analyzeHeader(false)).order(ByteOrder.LITTLE_ENDIAN);
        return header.put(344, "ni1\0".getBytes(StandardCharsets.US_ASCII)).array();
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
