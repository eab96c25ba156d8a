package org.scaledimaging.engine.format.nifti.header;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scaledimaging.engine.block.PixelType;

/** The values of NIfTI's {@code datatype} field. */
public enum NiftiType {
    /** A bit a voxel; not read. */
    BITMAP(1, 1, "bitmap", null),
    /** DT_UINT8. */
    UINT8(2, 8, "uint8", PixelType.UINT8),
    /** DT_INT16. */
    INT16(4, 16, "int16", PixelType.INT16),
    /** DT_INT32. */
    INT32(8, 32, "int32", PixelType.INT32),
    /** DT_FLOAT32. */
    FLOAT32(16, 32, "float32", PixelType.FLOAT32),
    /** Two float32; not read. */
    COMPLEX64(32, 64, "complex64", null),
    /** DT_FLOAT64. */
    FLOAT64(64, 64, "float64", PixelType.FLOAT64),
    /** Three uint8, as channels. */
    RGB24(128, 24, "RGB colour", PixelType.UINT8),
    /** DT_INT8. */
    INT8(256, 8, "int8", PixelType.INT8),
    /** DT_UINT16. */
    UINT16(512, 16, "uint16", PixelType.UINT16),
    /** DT_UINT32. */
    UINT32(768, 32, "uint32", PixelType.UINT32),
    /** DT_INT64. */
    INT64(1024, 64, "int64", PixelType.INT64),
    /** DT_UINT64. */
    UINT64(1280, 64, "uint64", PixelType.UINT64),
    /** Not read. */
    FLOAT128(1536, 128, "float128", null),
    /** Two float64; not read. */
    COMPLEX128(1792, 128, "complex128", null),
    /** Two float128; not read. */
    COMPLEX256(2048, 256, "complex256", null),
    /** Four uint8, as channels. */
    RGBA32(2304, 32, "RGBA colour", PixelType.UINT8);

    private final int code;
    private final int bits;
    private final String label;
    private final PixelType pixelType;

    NiftiType(int code, int bits, String label, PixelType pixelType) {
        this.code = code;
        this.bits = bits;
        this.label = label;
        this.pixelType = pixelType;
    }

    int code() {
        return code;
    }

    /** The width of a voxel, as the {@code bitpix} field has it. */
    int bits() {
        return bits;
    }

    /** How many colours a voxel has, which are channels here: 3 or 4; 1 for all other types. */
    public int colours() {
        return this == RGB24 ? 3 : this == RGBA32 ? 4 : 1;
    }

    /** The type's name for messages. */
    String label() {
        return label;
    }

    /** The type to hold such voxels in; empty for the types that are not supported. */
    public Optional<PixelType> pixelType() {
        return Optional.ofNullable(pixelType);
    }

    static Optional<NiftiType> ofCode(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    static NiftiType ofColours(long colours) {
        return colours == 3 ? RGB24 : RGBA32;
    }

    static NiftiType of(PixelType pixelType) {
        return Arrays.stream(values())
                .filter(type -> type.pixelType == pixelType)
                .findFirst()
                .orElseThrow();
    }

    /** What is supported, for messages. */
    static String supported() {
        return Arrays.stream(PixelType.values()).map(PixelType::label).collect(Collectors.joining(", "))
                + ", RGB and RGBA colour";
    }
}
