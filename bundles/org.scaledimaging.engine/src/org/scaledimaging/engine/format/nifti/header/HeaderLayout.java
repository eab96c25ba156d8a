package org.scaledimaging.engine.format.nifti.header;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The fields of the two versions of the header: where each lies, and how wide it is. The names are those of the
 * specification (nifti1.h, nifti2.h); positions are in bytes.
 */
public enum HeaderLayout {
    /** NIfTI-1: 348 bytes. */
    NIFTI1(
            348, // sizeof_hdr
            344, // magic
            "n+1\0", // of a single file
            "ni1\0", // of a header apart
            40, // dim
            2, // bytes of one length
            70, // datatype
            72, // bitpix
            76, // pixdim
            4, // bytes of a real number
            108, // vox_offset
            112, // scl_slope, scl_inter
            123, // xyzt_units
            1, // bytes of it
            136, // toffset
            148, // descrip
            252, // qform_code, sform_code
            2, // bytes of a code
            256, // quatern_b to qoffset_z
            280 // srow_x to srow_z
            ),
    /** NIfTI-2: 540 bytes, lengths and positions of 64 bits. */
    NIFTI2(
            540, // sizeof_hdr
            4, // magic
            "n+2\0\r\n\032\n", // of a single file
            "ni2\0\r\n\032\n", // of a header apart
            16, // dim
            8, // bytes of one length
            12, // datatype
            14, // bitpix
            104, // pixdim
            8, // bytes of a real number
            168, // vox_offset
            176, // scl_slope, scl_inter
            500, // xyzt_units
            4, // bytes of it
            216, // toffset
            240, // descrip
            344, // qform_code, sform_code
            4, // bytes of a code
            352, // quatern_b to qoffset_z
            400 // srow_x to srow_z
            );

    /** The header's length, which is its own first field. */
    final int size;

    final int magic;
    private final byte[] singleMagic;
    private final byte[] pairMagic;
    final int dim;
    final int dimBytes;
    final int datatype;
    final int bitpix;
    final int pixdim;
    /** The width of the fields with real numbers. */
    final int realBytes;

    final int voxOffset;
    /** Where {@code scl_slope} is; {@code scl_inter} follows it. */
    final int slope;

    final int units;
    final int unitsBytes;
    final int toffset;
    final int descrip;
    /** Where {@code qform_code} is; {@code sform_code} follows it. */
    final int formCodes;

    final int codeBytes;
    /** Where {@code quatern_b} is; c, d and the three offsets follow it. */
    final int quaternion;

    /** Where the first of the twelve values of the sform is. */
    final int srow;

    HeaderLayout(
            int size,
            int magic,
            String singleMagic,
            String pairMagic,
            int dim,
            int dimBytes,
            int datatype,
            int bitpix,
            int pixdim,
            int realBytes,
            int voxOffset,
            int slope,
            int units,
            int unitsBytes,
            int toffset,
            int descrip,
            int formCodes,
            int codeBytes,
            int quaternion,
            int srow) {
        this.size = size;
        this.magic = magic;
        this.singleMagic = singleMagic.getBytes(StandardCharsets.US_ASCII);
        this.pairMagic = pairMagic.getBytes(StandardCharsets.US_ASCII);
        this.dim = dim;
        this.dimBytes = dimBytes;
        this.datatype = datatype;
        this.bitpix = bitpix;
        this.pixdim = pixdim;
        this.realBytes = realBytes;
        this.voxOffset = voxOffset;
        this.slope = slope;
        this.units = units;
        this.unitsBytes = unitsBytes;
        this.toffset = toffset;
        this.descrip = descrip;
        this.formCodes = formCodes;
        this.codeBytes = codeBytes;
        this.quaternion = quaternion;
        this.srow = srow;
    }

    /** The magic number of a file with header and voxels. */
    byte[] singleMagic() {
        return singleMagic.clone();
    }

    /** Whether a file begins with a header of this version, whose voxels follow in the same file. */
    public boolean isSingle(byte[] header) {
        return holds(header, singleMagic);
    }

    /** Whether a file begins with a header of this version, whose voxels are in another file. */
    public boolean isPair(byte[] header) {
        return holds(header, pairMagic);
    }

    private boolean holds(byte[] header, byte[] expected) {
        return header.length >= size
                && ByteBuffer.wrap(header, magic, expected.length).equals(ByteBuffer.wrap(expected));
    }

    double real(ByteBuffer header, int position, int index) {
        return realBytes == 4 ? header.getFloat(position + 4 * index) : header.getDouble(position + 8 * index);
    }

    void putReal(ByteBuffer header, int position, int index, double value) {
        if (realBytes == 4) {
            header.putFloat(position + 4 * index, (float) value);
        } else {
            header.putDouble(position + 8 * index, value);
        }
    }

    static long integer(ByteBuffer header, int position, int bytes) {
        return switch (bytes) {
            case 1 -> header.get(position) & 0xff;
            case 2 -> header.getShort(position);
            case 4 -> header.getInt(position);
            default -> header.getLong(position);
        };
    }

    static void putInteger(ByteBuffer header, int position, int bytes, long value) {
        switch (bytes) {
            case 1 -> header.put(position, (byte) value);
            case 2 -> header.putShort(position, (short) value);
            case 4 -> header.putInt(position, (int) value);
            default -> header.putLong(position, value);
        }
    }
}
