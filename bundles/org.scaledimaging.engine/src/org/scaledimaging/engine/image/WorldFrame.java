package org.scaledimaging.engine.image;

import java.util.Optional;

/**
 * The place of an image in the world: the one or two voxel-to-world transforms that NIfTI-1 defines, kept as they were
 * read so that writing them again changes nothing. At least one is present.
 *
 * @param sform the general affine
 * @param sformCode NIfTI's {@code sform_code}: which world the sform speaks of; 0 where there is no sform
 * @param qform the rigid transform
 */
public record WorldFrame(Optional<Affine> sform, int sformCode, Optional<QForm> qform) {

    public WorldFrame {
        if (sform.isEmpty() && qform.isEmpty()) {
            throw new IllegalArgumentException("a frame needs a transform");
        }
    }

    /** A frame of one affine, with code 1 (scanner coordinates). */
    public static WorldFrame of(Affine affine) {
        return new WorldFrame(Optional.of(affine), 1, Optional.empty());
    }

    /** The transform to go by: the sform where present, as NIfTI readers prefer it, else the qform. */
    public Affine affine() {
        return sform.orElseGet(() -> qform.orElseThrow().affine());
    }

    /** The frame of the image sampled anew, as {@link Affine#resampled}; scale and shift along x, y, z. */
    public WorldFrame resampled(double[] scale, double[] shift) {
        return new WorldFrame(
                sform.map(affine -> affine.resampled(scale, shift)),
                sformCode,
                qform.map(form -> form.resampled(scale, shift)));
    }

    /**
     * The same frame in another unit.
     *
     * @param ratio how many of the new unit are one of the old
     */
    public WorldFrame inUnits(double ratio) {
        return ratio == 1
                ? this
                : new WorldFrame(
                        sform.map(affine -> affine.times(ratio)), sformCode, qform.map(form -> form.times(ratio)));
    }

    /**
     * NIfTI-1's method 2: a rotation as a unit quaternion (b, c, d; a follows), voxel sizes, an offset.
     *
     * @param code NIfTI's {@code qform_code}, above 0
     * @param factor {@code qfac}, −1 or 1: the z column is multiplied by it
     * @param sizeX voxel size along x as the header has it; likewise y, z
     */
    public record QForm(
            int code,
            double b,
            double c,
            double d,
            double factor,
            double sizeX,
            double sizeY,
            double sizeZ,
            double offsetX,
            double offsetY,
            double offsetZ) {

        /** @param numbers the ten of {@link #toArray} */
        public static QForm of(int code, double... numbers) {
            double[] n = numbers;
            return new QForm(code, n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9]);
        }

        /** All but the code: b, c, d, factor, sizes along x, y, z, offsets along x, y, z. */
        public double[] toArray() {
            return new double[] {b, c, d, factor, sizeX, sizeY, sizeZ, offsetX, offsetY, offsetZ};
        }

        /** The same transform as a matrix. */
        public Affine affine() {
            double square = 1 - (b * b + c * c + d * d);
            double a = Math.sqrt(Math.max(0, square));
            double norm = square < 0 ? 1 / Math.sqrt(b * b + c * c + d * d) : 1; // rounding: a 180° rotation
            double qb = b * norm;
            double qc = c * norm;
            double qd = d * norm;
            double z = sizeZ * factor;
            return Affine.of(
                    (a * a + qb * qb - qc * qc - qd * qd) * sizeX,
                    2 * (qb * qc - a * qd) * sizeY,
                    2 * (qb * qd + a * qc) * z,
                    offsetX,
                    2 * (qb * qc + a * qd) * sizeX,
                    (a * a + qc * qc - qb * qb - qd * qd) * sizeY,
                    2 * (qc * qd - a * qb) * z,
                    offsetY,
                    2 * (qb * qd - a * qc) * sizeX,
                    2 * (qc * qd + a * qb) * sizeY,
                    (a * a + qd * qd - qb * qb - qc * qc) * z,
                    offsetZ);
        }

        QForm times(double ratio) {
            return new QForm(
                    code,
                    b,
                    c,
                    d,
                    factor,
                    sizeX * ratio,
                    sizeY * ratio,
                    sizeZ * ratio,
                    offsetX * ratio,
                    offsetY * ratio,
                    offsetZ * ratio);
        }

        QForm resampled(double[] scale, double[] shift) {
            Affine moved = affine().resampled(new double[] {1, 1, 1}, shift);
            boolean still = shift[0] == 0 && shift[1] == 0 && shift[2] == 0;
            return new QForm(
                    code,
                    b,
                    c,
                    d,
                    factor,
                    sizeX * scale[0],
                    sizeY * scale[1],
                    sizeZ * scale[2],
                    still ? offsetX : moved.get(0, 3),
                    still ? offsetY : moved.get(1, 3),
                    still ? offsetZ : moved.get(2, 3));
        }
    }
}
