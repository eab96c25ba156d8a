package org.scaledimaging.engine.format.nifti.header;

import java.nio.file.Path;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
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

    /**
     * Scales values as the file has them.
     *
     * @param target of as many voxels, in the {@link PixelType#working} type of the source's; may be the source
     */
    public void apply(Block source, Block target) {
        target.convertFrom(source);
        if (target.voxels() instanceof double[] values) {
            for (int i = 0; i < target.size(); i++) {
                values[i] = slope * values[i] + intercept;
            }
        } else {
            float[] values = (float[]) target.voxels(); // exact: made of types of up to 16 bits
            for (int i = 0; i < target.size(); i++) {
                values[i] = (float) (slope * values[i] + intercept);
            }
        }
    }
}
