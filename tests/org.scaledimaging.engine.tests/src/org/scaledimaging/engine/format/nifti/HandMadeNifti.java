package org.scaledimaging.engine.format.nifti;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.scaledimaging.engine.block.PixelType;

/**
 * A NIfTI file put together byte by byte, by the positions in nifti1.h and nifti2.h and without the code under test.
 * Fields may be set to anything.
 */
final class HandMadeNifti {
    int version = 1;
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    int sizeofHdr;
    String magic;
    long[] dim = {3, 4, 3, 2, 1, 1, 1, 1};
    int datatype = 4;
    int bitpix = 16;
    double[] pixdim = {1, 1, 1, 1, 1, 1, 1, 1};
    Double voxOffset;
    double slope = 0;
    double intercept = 0;
    int units = 0;
    double toffset = 0;
    int qformCode = 0;
    int sformCode = 0;
    double[] quaternion = new double[6];
    double[] srow = new double[12];
    byte[] extension = {};
    byte[] voxels = {};

    static HandMadeNifti of(int version, ByteOrder order) {
        HandMadeNifti file = new HandMadeNifti();
        file.version = version;
        file.order = order;
        file.sizeofHdr = version == 1 ? 348 : 540;
        file.magic = version == 1 ? "n+1\0" : "n+2\0\r\n\032\n";
        return file;
    }

    static HandMadeNifti simple() {
        return of(1, ByteOrder.LITTLE_ENDIAN);
    }

    HandMadeNifti shape(long... xyztu) {
        dim = new long[] {xyztu.length, 1, 1, 1, 1, 1, 1, 1};
        System.arraycopy(xyztu, 0, dim, 1, xyztu.length);
        return this;
    }

    HandMadeNifti type(PixelType type) {
        datatype = switch (type) {
            case INT8 -> 256;
            case UINT8 -> 2;
            case INT16 -> 4;
            case UINT16 -> 512;
            case INT32 -> 8;
            case UINT32 -> 768;
            case INT64 -> 1024;
            case UINT64 -> 1280;
            case FLOAT32 -> 16;
            case FLOAT64 -> 64;
        };
        bitpix = 8 * type.bytes();
        return this;
    }

    /** Fills the file with voxels from an array of the image's type, x fastest. */
    HandMadeNifti voxels(Object array) {
        if (array instanceof byte[] values) {
            voxels = values.clone();
        } else if (array instanceof short[] values) {
            ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(order);
            for (short value : values) {
                bytes.putShort(value);
            }
            voxels = bytes.array();
        } else if (array instanceof int[] values) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
            for (int value : values) {
                bytes.putInt(value);
            }
            voxels = bytes.array();
        } else if (array instanceof long[] values) {
            ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(order);
            for (long value : values) {
                bytes.putLong(value);
            }
            voxels = bytes.array();
        } else if (array instanceof float[] values) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
            for (float value : values) {
                bytes.putFloat(value);
            }
            voxels = bytes.array();
        } else {
            ByteBuffer bytes =
                    ByteBuffer.allocate(8 * ((double[]) array).length).order(order);
            for (double value : (double[]) array) {
                bytes.putDouble(value);
            }
            voxels = bytes.array();
        }
        return this;
    }

    byte[] header() {
        return version == 1 ? header1() : header2();
    }

    private byte[] header1() {
        ByteBuffer bytes = ByteBuffer.allocate(348).order(order);
        bytes.putInt(0, sizeofHdr);
        for (int d = 0; d < 8; d++) {
            bytes.putShort(40 + 2 * d, (short) dim[d]);
            bytes.putFloat(76 + 4 * d, (float) pixdim[d]);
        }
        bytes.putShort(70, (short) datatype);
        bytes.putShort(72, (short) bitpix);
        bytes.putFloat(108, (float) offset());
        bytes.putFloat(112, (float) slope);
        bytes.putFloat(116, (float) intercept);
        bytes.put(123, (byte) units);
        bytes.putFloat(136, (float) toffset);
        bytes.putShort(252, (short) qformCode);
        bytes.putShort(254, (short) sformCode);
        for (int i = 0; i < 6; i++) {
            bytes.putFloat(256 + 4 * i, (float) quaternion[i]);
        }
        for (int i = 0; i < 12; i++) {
            bytes.putFloat(280 + 4 * i, (float) srow[i]);
        }
        bytes.put(344, magic.getBytes(StandardCharsets.ISO_8859_1));
        return bytes.array();
    }

    private byte[] header2() {
        ByteBuffer bytes = ByteBuffer.allocate(540).order(order);
        bytes.putInt(0, sizeofHdr);
        bytes.put(4, magic.getBytes(StandardCharsets.ISO_8859_1));
        bytes.putShort(12, (short) datatype);
        bytes.putShort(14, (short) bitpix);
        for (int d = 0; d < 8; d++) {
            bytes.putLong(16 + 8 * d, dim[d]);
            bytes.putDouble(104 + 8 * d, pixdim[d]);
        }
        bytes.putLong(168, (long) offset());
        bytes.putDouble(176, slope);
        bytes.putDouble(184, intercept);
        bytes.putDouble(216, toffset);
        bytes.putInt(344, qformCode);
        bytes.putInt(348, sformCode);
        for (int i = 0; i < 6; i++) {
            bytes.putDouble(352 + 8 * i, quaternion[i]);
        }
        for (int i = 0; i < 12; i++) {
            bytes.putDouble(400 + 8 * i, srow[i]);
        }
        bytes.putInt(500, units);
        return bytes.array();
    }

    private double offset() {
        return voxOffset != null ? voxOffset : magic.startsWith("ni") ? 0 : header0() + 4 + extension.length;
    }

    private int header0() {
        return version == 1 ? 348 : 540;
    }

    /** Header, extension flag, extension, voxels. */
    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header());
        out.writeBytes(new byte[] {(byte) (extension.length > 0 ? 1 : 0), 0, 0, 0});
        out.writeBytes(extension);
        out.writeBytes(voxels);
        return out.toByteArray();
    }

    /** Writes the single file, compressed where the name says so. */
    Path write(Path path) throws IOException {
        byte[] bytes = bytes();
        return Files.write(path, path.toString().endsWith(".gz") ? gzip(bytes) : bytes);
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A gzip member per part of so many bytes. */
    static byte[] gzipMembers(byte[] bytes, int part) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; at += part) {
            out.writeBytes(gzip(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + part))));
        }
        return out.toByteArray();
    }
}
