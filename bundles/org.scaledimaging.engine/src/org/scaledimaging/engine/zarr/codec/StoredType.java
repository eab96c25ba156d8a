package org.scaledimaging.engine.zarr.codec;

import java.util.Arrays;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;

/**
 * The type that a Zarr array gives its values. Most are read as what they are; {@code bool} as uint8, {@code float16}
 * as float32.
 *
 * @param pixelType what they become
 * @param bits the type of as many bytes, which holds a value as it is stored
 */
public record StoredType(PixelType pixelType, PixelType bits) {
    private static final StoredType BOOL = of(PixelType.UINT8);
    private static final StoredType HALF = new StoredType(PixelType.FLOAT32, PixelType.INT16);

    /** One that is read as it is. */
    public static StoredType of(PixelType pixelType) {
        return new StoredType(pixelType, pixelType);
    }

    /** By the letter and the number of bytes of version 2, without the byte order, as in {@code u2}. */
    public static Optional<StoredType> ofCode(String code) {
        return switch (code) {
            case "b1" -> Optional.of(BOOL);
            case "f2" -> Optional.of(HALF);
            default ->
                Arrays.stream(PixelType.values())
                        .filter(type -> code(type).equals(code))
                        .map(StoredType::of)
                        .findFirst();
        };
    }

    /** By the name of version 3, as in {@code uint16}. */
    public static Optional<StoredType> ofLabel(String label) {
        return switch (label) {
            case "bool" -> Optional.of(BOOL);
            case "float16" -> Optional.of(HALF);
            default -> PixelType.ofLabel(label).map(StoredType::of);
        };
    }

    /** The letter and the number of bytes that version 2 writes for a type. */
    public static String code(PixelType type) {
        return (type.isInteger() ? type.isSigned() ? "i" : "u" : "f") + type.bytes();
    }

    /** Whether a value is a real number of 16 bits, to be widened. */
    public boolean isHalf() {
        return pixelType != bits;
    }
}
