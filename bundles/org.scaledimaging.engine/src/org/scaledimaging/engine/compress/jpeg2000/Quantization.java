package org.scaledimaging.engine.compress.jpeg2000;

import org.scaledimaging.engine.compress.CorruptDataException;

/**
 * The quantization of a component's coefficients (A.6.4, annex E).
 *
 * @param guardBits added to the bit-planes of all subbands
 * @param derived whether there is but the step of the coarsest subband, of which those of others follow
 * @param exponents of the steps of subbands, the coarsest first; mantissas likewise
 */
record Quantization(int guardBits, boolean derived, int[] exponents, int[] mantissas) {
    private static final int DERIVED = 1;
    private static final int EXPOUNDED = 2;
    private static final int MANTISSA_BITS = 11;

    static Quantization of(SegmentReader reader) throws CorruptDataException {
        int style = reader.number8();
        int kind = style & 0x1F;
        if (kind > EXPOUNDED) {
            throw new CorruptDataException("JPEG 2000 quantization " + kind, "0, 1 or 2");
        }
        int count = kind == 0 ? reader.left() : kind == DERIVED ? 1 : reader.left() / 2;
        int[] exponents = new int[count];
        int[] mantissas = new int[count];
        for (int i = 0; i < count; i++) {
            int step = kind == 0 ? reader.number8() >> 3 << MANTISSA_BITS : reader.number16();
            exponents[i] = step >> MANTISSA_BITS;
            mantissas[i] = step & (1 << MANTISSA_BITS) - 1;
        }
        return new Quantization(style >> 5, kind == DERIVED, exponents, mantissas);
    }

    /**
     * @param band the number of a subband, from the coarsest on
     * @param levels by how many decompositions it is finer than the coarsest one
     */
    private int exponent(int band, int levels) throws CorruptDataException {
        if (!derived && band >= exponents.length) {
            throw new CorruptDataException(
                    "JPEG 2000 quantization of " + exponents.length + " subbands", "of at least " + (band + 1));
        }
        return derived ? exponents[0] - levels : exponents[band];
    }

    /** Bit-planes of a subband (equation E-2). */
    int planes(int band, int levels) throws CorruptDataException {
        return guardBits + exponent(band, levels) - 1;
    }

    /**
     * The step of a subband (equation E-3).
     *
     * @param bits of a value that does not exceed what the subband can have
     */
    float step(int band, int levels, int bits) throws CorruptDataException {
        int mantissa = mantissas[derived ? 0 : band];
        return Math.scalb(1 + Math.scalb((float) mantissa, -MANTISSA_BITS), bits - exponent(band, levels));
    }
}
