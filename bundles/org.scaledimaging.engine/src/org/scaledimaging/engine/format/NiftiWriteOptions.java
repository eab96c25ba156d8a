package org.scaledimaging.engine.format;

import java.util.List;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;

/**
 * The options for NIfTI files.
 *
 * @param compressionLevel of {@code .nii.gz}: 1 (fast) to 9 (small)
 * @param noSidecar whether the JSON file beside it is left out, which an image with a recipe gets
 * @param keepUnit whether lengths keep the image's unit; else they are converted to millimetres, for which many programs
 *     take them whatever the header says
 * @param target what holds in any format
 */
public record NiftiWriteOptions(int compressionLevel, boolean noSidecar, boolean keepUnit, TargetOptions target)
        implements WriteOptions<NiftiWriteOptions> {
    private static final Parameter LEVEL = Parameter.integer(
            "compressionLevel",
            3,
            1,
            9,
            "",
            "Of .nii.gz files: 1 (fast) to 9 (small). Files named .nii are not compressed.");

    private static final Parameter NO_SIDECAR = Parameter.bool(
            "noSidecar",
            false,
            "Whether no JSON file is written beside it, which says what it was made of and how (BIDS).");

    private static final Parameter KEEP_UNIT = Parameter.bool(
            "keepUnit",
            false,
            "Whether lengths keep their unit; if not, they are converted to millimetres, for which many programs take"
                    + " them whatever the file says.");

    /** What users can set. */
    public static final WriteDeclaration DECLARATION = new WriteDeclaration(
            "nifti",
            "the format NIfTI",
            List.of(
                    LEVEL,
                    NO_SIDECAR,
                    KEEP_UNIT,
                    WriteDeclaration.NO_PATHS,
                    WriteDeclaration.OVERWRITE,
                    WriteDeclaration.VERIFY));

    public NiftiWriteOptions {
        if (compressionLevel < LEVEL.minimum() || compressionLevel > LEVEL.maximum()) {
            throw new IllegalArgumentException("compression level " + compressionLevel + ", not " + LEVEL.accepted());
        }
    }

    /** No overwriting, compression level 3, no sources. */
    public static NiftiWriteOptions defaults() {
        return DECLARATION.defaults(NiftiWriteOptions::of);
    }

    /**
     * As users set them.
     *
     * @param values of {@link #DECLARATION}
     */
    public static NiftiWriteOptions of(ParameterValues values) {
        return new NiftiWriteOptions(
                Math.toIntExact(values.integer(LEVEL.name())),
                values.bool(NO_SIDECAR.name()),
                values.bool(KEEP_UNIT.name()),
                TargetOptions.of(values));
    }

    /** The same with another level of gzip, 1 (fast) to 9 (small). */
    public NiftiWriteOptions withCompressionLevel(int newLevel) {
        return new NiftiWriteOptions(newLevel, noSidecar, keepUnit, target);
    }

    /** The same without the JSON file beside it, or with it. */
    public NiftiWriteOptions withNoSidecar(boolean without) {
        return new NiftiWriteOptions(compressionLevel, without, keepUnit, target);
    }

    /** The same with lengths in the image's own unit, as far as NIfTI has it, or in millimetres. */
    public NiftiWriteOptions withKeepUnit(boolean keep) {
        return new NiftiWriteOptions(compressionLevel, noSidecar, keep, target);
    }

    @Override
    public NiftiWriteOptions withTarget(TargetOptions newTarget) {
        return new NiftiWriteOptions(compressionLevel, noSidecar, keepUnit, newTarget);
    }
}
