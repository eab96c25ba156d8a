package org.scaledimaging.engine.format.nifti.header;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * Headers from and to bytes, as <a href="https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h">nifti1.h</a> and
 * <a href="https://nifti.nimh.nih.gov/pub/dist/doc/nifti2.h">nifti2.h</a> define them.
 */
public final class HeaderCodec {
    /** The longest header. */
    public static final int MAX_SIZE = HeaderLayout.NIFTI2.size;

    /** Of a file whose image came without a description. */
    static final String DESCRIPTION = "Scaled Imaging";

    /** Version and byte order, which the header's first field tells. */
    public record Kind(HeaderLayout layout, ByteOrder order) {}

    private HeaderCodec() {}

    /** What the first bytes of a file say the header is; empty where that is no NIfTI or ANALYZE header. */
    public static Optional<Kind> kind(byte[] start) {
        if (start.length < Integer.BYTES) {
            return Optional.empty();
        }
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            int size = ByteBuffer.wrap(start).order(order).getInt(0);
            for (HeaderLayout layout : HeaderLayout.values()) {
                if (layout.size == size) {
                    return Optional.of(new Kind(layout, order));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Reads a header.
     *
     * @param file for messages
     * @param start the file's first {@link #MAX_SIZE} bytes, or fewer in a shorter file
     */
    public static NiftiHeader decode(Path file, byte[] start) throws ImageFormatException {
        Kind kind = kind(start)
                .orElseThrow(() -> new ImageFormatException(
                        file,
                        start.length < 4 ? "a file of " + start.length + " bytes" : "no NIfTI header",
                        "a file that starts with the header's length, 348 or 540"));
        HeaderLayout layout = kind.layout();
        if (start.length < layout.size) {
            throw new ImageFormatException(
                    file, "a file of " + start.length + " bytes", "a header of " + layout.size + " bytes");
        }
        boolean single = layout.isSingle(start);
        boolean pair = layout.isPair(start);
        boolean analyze = !single && !pair && layout == HeaderLayout.NIFTI1 && isHeaderFile(file);
        if (!single && !pair && !analyze) {
            throw new ImageFormatException(
                    file,
                    "a wrong magic number",
                    layout == HeaderLayout.NIFTI1
                            ? "n+1 or ni1, as in NIfTI-1, or a pair .hdr and .img of ANALYZE 7.5"
                            : "n+2 or ni2, as in NIfTI-2");
        }
        ByteBuffer header = ByteBuffer.wrap(start).order(kind.order());
        NiftiType type = type(file, layout, header);
        NiftiHeader result = new NiftiHeader(
                layout,
                kind.order(),
                single,
                analyze,
                dimensions(file, layout, header, type),
                type,
                reals(layout, header, layout.pixdim, 8),
                voxOffset(file, layout, header, single),
                layout.real(header, layout.slope, 0),
                intercept(layout, header, analyze),
                analyze ? Units.analyze(header) : (int) HeaderLayout.integer(header, layout.units, layout.unitsBytes),
                analyze ? 0 : layout.real(header, layout.toffset, 0),
                analyze ? 0 : (int) HeaderLayout.integer(header, layout.formCodes, layout.codeBytes),
                analyze ? 0 : (int) HeaderLayout.integer(header, layout.formCodes + layout.codeBytes, layout.codeBytes),
                reals(layout, header, layout.quaternion, 6),
                reals(layout, header, layout.srow, 12));
        if (result.voxOffset() > Long.MAX_VALUE - result.voxelBytes()) {
            throw new ImageFormatException(
                    file, "a voxel offset of " + result.voxOffset(), "a position within the file");
        }
        return result;
    }

    /** ANALYZE has no magic number: but its headers are in files of their own. */
    private static boolean isHeaderFile(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".hdr") || name.endsWith(".hdr.gz");
    }

    /** SPM, which has an intercept in ANALYZE, leaves it out by what is no number. */
    private static double intercept(HeaderLayout layout, ByteBuffer header, boolean analyze) {
        double intercept = layout.real(header, layout.slope, 1);
        return analyze && !Double.isFinite(intercept) ? 0 : intercept;
    }

    private static NiftiType type(Path file, HeaderLayout layout, ByteBuffer header) throws ImageFormatException {
        int code = header.getShort(layout.datatype);
        NiftiType type = NiftiType.ofCode(code)
                .orElseThrow(() -> new ImageFormatException(
                        file, "the unknown datatype " + code, "one of " + NiftiType.supported()));
        if (type.pixelType().isEmpty()) {
            throw new ImageFormatException(
                    file,
                    "voxels of type " + type.label() + " (datatype " + code + "), which is not supported",
                    "one of " + NiftiType.supported());
        }
        int bits = header.getShort(layout.bitpix);
        if (bits != 0 && bits != type.bits()) { // 0: not said; other readers do not look at it
            throw new ImageFormatException(
                    file, "voxels of type " + type.label() + " with bitpix " + bits, "bitpix " + type.bits());
        }
        return type;
    }

    private static long[] dimensions(Path file, HeaderLayout layout, ByteBuffer header, NiftiType type)
            throws ImageFormatException {
        long[] dim = new long[8];
        for (int d = 0; d < 8; d++) {
            dim[d] = HeaderLayout.integer(header, layout.dim + d * layout.dimBytes, layout.dimBytes);
        }
        if (dim[0] < 1 || dim[0] > 7) {
            throw new ImageFormatException(file, dim[0] + " axes", "1 to 7");
        }
        long bytes = type.bits() / 8;
        for (int d = 1; d <= dim[0]; d++) {
            dim[d] = d > 3 && dim[d] == 0 ? 1 : dim[d]; // as ANALYZE has it, and nifti_clib takes it
            if (dim[d] < 1) {
                throw new ImageFormatException(file, "length " + dim[d] + " of axis " + d, "a length of at least 1");
            }
            if (bytes > Long.MAX_VALUE / dim[d]) {
                throw new ImageFormatException(
                        file, "axes whose product is above 2^63 bytes", "an image that a file can hold");
            }
            bytes *= dim[d];
        }
        if (dim[0] == 1) {
            throw new ImageFormatException(file, "an image of 1 axis", "2 to 5 axes: x, y, z, time, channel");
        }
        if (type.colours() > 1 && dim[0] >= 5 && dim[5] > 1) {
            throw new ImageFormatException(
                    file, type.label() + " in an image of 5 axes", "colours as the only channels: 2 to 4 axes");
        }
        for (int d = 6; d <= dim[0]; d++) {
            if (dim[d] > 1) {
                throw new ImageFormatException(
                        file,
                        "an image of " + dim[0] + " axes with length " + dim[d] + " along axis " + d,
                        "2 to 5 axes: x, y, z, time, channel");
            }
        }
        while (dim[0] > 4 && dim[(int) dim[0]] == 1) {
            dim[0]--;
        }
        return dim;
    }

    private static long voxOffset(Path file, HeaderLayout layout, ByteBuffer header, boolean single)
            throws ImageFormatException {
        double real = layout == HeaderLayout.NIFTI1
                ? header.getFloat(layout.voxOffset)
                : (double) header.getLong(layout.voxOffset);
        long offset = layout == HeaderLayout.NIFTI1 ? (long) real : header.getLong(layout.voxOffset);
        long least = single ? layout.size : 0;
        if (!(real >= least) || real != offset) {
            throw new ImageFormatException(
                    file,
                    "a voxel offset of " + (real == offset ? Long.toString(offset) : Double.toString(real)),
                    "a whole number of at least " + least);
        }
        return offset;
    }

    private static double[] reals(HeaderLayout layout, ByteBuffer header, int position, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = layout.real(header, position, i);
        }
        return values;
    }

    /** The bytes up to the voxels: the header, of a file with header and voxels, and the flag for no extensions. */
    public static ByteBuffer encode(NiftiHeader header) {
        HeaderLayout layout = header.layout();
        ByteBuffer bytes = ByteBuffer.allocate((int) header.voxOffset()).order(header.order());
        bytes.putInt(0, layout.size);
        bytes.put(layout.magic, layout.singleMagic());
        for (int d = 0; d < 8; d++) {
            HeaderLayout.putInteger(bytes, layout.dim + d * layout.dimBytes, layout.dimBytes, header.dim()[d]);
        }
        bytes.putShort(layout.datatype, (short) header.type().code());
        bytes.putShort(layout.bitpix, (short) header.type().bits());
        putReals(layout, bytes, layout.pixdim, header.pixdim());
        if (layout == HeaderLayout.NIFTI1) {
            bytes.putFloat(layout.voxOffset, header.voxOffset());
        } else {
            bytes.putLong(layout.voxOffset, header.voxOffset());
        }
        putReals(layout, bytes, layout.slope, header.slope(), header.intercept());
        HeaderLayout.putInteger(bytes, layout.units, layout.unitsBytes, header.units());
        putReals(layout, bytes, layout.toffset, header.toffset());
        bytes.put(layout.descrip, DESCRIPTION.getBytes(StandardCharsets.US_ASCII));
        HeaderLayout.putInteger(bytes, layout.formCodes, layout.codeBytes, header.qformCode());
        HeaderLayout.putInteger(bytes, layout.formCodes + layout.codeBytes, layout.codeBytes, header.sformCode());
        putReals(layout, bytes, layout.quaternion, header.quaternion());
        putReals(layout, bytes, layout.srow, header.srow());
        return bytes;
    }

    private static void putReals(HeaderLayout layout, ByteBuffer bytes, int position, double... values) {
        for (int i = 0; i < values.length; i++) {
            layout.putReal(bytes, position, i, values[i]);
        }
    }
}
