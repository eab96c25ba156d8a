package org.scaledimaging.engine.block;

import java.util.Optional;

/**
 * The type of a voxel's value. Unsigned values are held in the signed Java array of the same width, bit for bit.
 */
public enum PixelType {
    /** Signed, 8 bits; in a {@code byte[]}. */
    INT8("int8", 1, true, true),
    /** Unsigned, 8 bits; in a {@code byte[]}. */
    UINT8("uint8", 1, true, false),
    /** Signed, 16 bits; in a {@code short[]}. */
    INT16("int16", 2, true, true),
    /** Unsigned, 16 bits; in a {@code short[]}. */
    UINT16("uint16", 2, true, false),
    /** Signed, 32 bits; in an {@code int[]}. */
    INT32("int32", 4, true, true),
    /** Unsigned, 32 bits; in an {@code int[]}. */
    UINT32("uint32", 4, true, false),
    /** Signed, 64 bits; in a {@code long[]}. */
    INT64("int64", 8, true, true),
    /** Unsigned, 64 bits; in a {@code long[]}. */
    UINT64("uint64", 8, true, false),
    /** IEEE 754, 32 bits; in a {@code float[]}. */
    FLOAT32("float32", 4, false, true),
    /** IEEE 754, 64 bits; in a {@code double[]}. */
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

    /** Whether it holds whole numbers alone. */
    public boolean isInteger() {
        return integer;
    }

    /** Whether it holds numbers below 0. */
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
