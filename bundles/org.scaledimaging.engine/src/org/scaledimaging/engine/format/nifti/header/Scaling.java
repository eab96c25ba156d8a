package org.scaledimaging.engine.format.nifti.header;

import java.nio.file.Path;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ImageFormatException;

/** NIfTI's {@code scl_slope} and {@code scl_inter}: a voxel's value is slope·raw + intercept, computed in double. */
public record Scaling(double slope, double intercept) {

    /** The header's scaling; empty where it changes nothing: a slope of 0 or that is no number, and the identity. */
    public static Optional<Scaling> of(Path file, NiftiHeader header) throws ImageFormatException {
        double slope = header.slope();
        double intercept = header.intercept();
        if (slope == 0 || !Double.isFinite(slope) || slope == 1 && intercept == 0) {
            return Optional.empty();
        }
        if (!Double.isFinite(intercept)) {
            throw new ImageFormatException(file, "scl_inter " + intercept + " with scl_slope " + slope, "a number");
        }
        return Optional.of(new Scaling(slope, intercept));
    }

    /** The scaled values, in {@code raw.working()}. */
    public void apply(PixelType raw, Object source, Object target, int length) {
        if (target instanceof double[] values) {
            PixelConversion.convert(raw, source, PixelType.FLOAT64, values, length);
            for (int i = 0; i < length; i++) {
                values[i] = slope * values[i] + intercept;
            }
        } else {
            float[] values = (float[]) target;
            PixelConversion.convert(raw, source, PixelType.FLOAT32, values, length); // exact: types of up to 16 bits
            for (int i = 0; i < length; i++) {
                values[i] = (float) (slope * values[i] + intercept);
            }
        }
    }
}
