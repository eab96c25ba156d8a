package org.scaledimaging.engine.block;

import java.util.Optional;

/**
 * The type of a voxel's value. Unsigned values are held in the signed Java array of the same width, bit for bit.
 */
public enum PixelType {
    INT8("int8", 1, true, true),
    UINT8("uint8", 1, true, false),
    INT16("int16", 2, true, true),
    UINT16("uint16", 2, true, false),
    INT32("int32", 4, true, true),
    UINT32("uint32", 4, true, false),
    INT64("int64", 8, true, true),
    UINT64("uint64", 8, true, false),
    FLOAT32("float32", 4, false, true),
    FLOAT64("float64", 8, false, true);

    private final String label;
    private final int bytes;
    private final boolean integer;
    private final boolean signed;

    PixelType(String label, int bytes, boolean integer, boolean signed) {
        this.label = label;
        this.bytes = bytes;
        this.integer = integer;
        this.signed = signed;
    }

    /** The name used in files, on the command line and in messages: {@code uint16}. */
    public String label() {
        return label;
    }

    /** Width in bytes: 1, 2, 4 or 8. */
    public int bytes() {
        return bytes;
    }

    public boolean isInteger() {
        return integer;
    }

    public boolean isSigned() {
        return signed;
    }

    /**
     * The type arithmetic is done in: {@link #FLOAT32} where it holds every value exactly (integers up to 16 bits,
     * float32), {@link #FLOAT64} for the wider types.
     */
    public PixelType working() {
        return bytes <= 2 || this == FLOAT32 ? FLOAT32 : FLOAT64;
    }

    /** Whether each value of another type is one of this type, too. */
    public boolean holdsAllOf(PixelType other) {
        if (!integer) {
            return !other.integer ? bytes >= other.bytes : other.bytes < bytes; // 24 and 53 bits of mantissa
        }
        return other.integer && (signed == other.signed ? bytes >= other.bytes : signed && bytes > other.bytes);
    }

    /** A new primitive array for so many values: byte[], short[], int[], long[], float[] or double[]. */
    public Object allocate(int length) {
        return switch (this) {
            case INT8, UINT8 -> new byte[length];
            case INT16, UINT16 -> new short[length];
            case INT32, UINT32 -> new int[length];
            case INT64, UINT64 -> new long[length];
            case FLOAT32 -> new float[length];
            case FLOAT64 -> new double[length];
        };
    }

    /** The type of that {@link #label()}. */
    public static Optional<PixelType> ofLabel(String label) {
        for (PixelType type : values()) {
            if (type.label.equals(label)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
