package org.scaledimaging.engine.format.hdf5.file;

import io.jhdf.object.datatype.BitField;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.scaledimaging.engine.block.Half;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.VoxelBytes;

/**
 * The type of a dataset's values: enumerations, as h5py's bool, as their numbers, float16 as float32.
 *
 * @param type as which they are read
 * @param bits as which they are stored: {@code type}, but of float16
 */
record StoredValues(PixelType type, PixelType bits, ByteOrder order) {

    /** Nothing where they are no numbers that are read. */
    static Optional<StoredValues> of(DataType type) {
        if (type instanceof EnumDataType numbers) {
            boolean bool = numbers.getBaseType().getSize() == 1
                    && numbers.getEnumMapping().size() <= 2
                    && numbers.getEnumMapping().containsValue("TRUE");
            Optional<StoredValues> base = of(numbers.getBaseType());
            return bool ? Optional.of(of(PixelType.UINT8, ByteOrder.LITTLE_ENDIAN)) : base;
        }
        if (type instanceof FixedPoint whole
                && whole.getBitOffset() == 0
                && whole.getBitPrecision() == 8 * type.getSize()) {
            String label = (whole.isSigned() ? "int" : "uint") + whole.getBitPrecision();
            return PixelType.ofLabel(label).map(known -> of(known, whole.getByteOrder()));
        }
        if (type instanceof BitField bits && type.getSize() == 1) {
            return Optional.of(of(PixelType.UINT8, bits.getByteOrder()));
        }
        if (type instanceof FloatingPoint number) {
            boolean half = number.getSize() == 2 && number.getExponentSize() == 5 && number.getMantissaSize() == 10;
            return half
                    ? Optional.of(new StoredValues(PixelType.FLOAT32, PixelType.INT16, number.getByteOrder()))
                    : PixelType.ofLabel("float" + 8 * number.getSize()).map(known -> of(known, number.getByteOrder()));
        }
        return Optional.empty();
    }

    private static StoredValues of(PixelType type, ByteOrder order) {
        return new StoredValues(type, type, order);
    }

    /** The same bits, signed or not, as a type of the same width: BigDataViewer stores uint16 as int16. */
    StoredValues as(PixelType other) {
        return other.bytes() == type.bytes() ? new StoredValues(other, other, order) : this;
    }

    /** What a type is called that is not read, for messages. */
    static String name(DataType type) {
        String name = type.getClass().getSimpleName().replaceFirst("(Data)?Type$", "");
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT) + " of " + type.getSize()
                + " bytes";
    }

    /** Fills the start of an array of {@link #type} with so many values. */
    void get(ByteBuffer stored, Object voxels, int count) {
        VoxelBytes values = VoxelBytes.of(stored.order(order), bits);
        if (bits == type) {
            values.get(0, voxels, 0, count);
        } else {
            short[] halves = new short[count];
            values.get(0, halves, 0, count);
            Half.values(halves, (float[]) voxels, count);
        }
    }
}
