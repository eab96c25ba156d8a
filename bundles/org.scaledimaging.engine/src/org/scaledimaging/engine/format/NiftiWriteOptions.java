package org.scaledimaging.engine.format;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;

/**
 * How to write a NIfTI file.
 *
 * @param overwrite whether an existing file may be replaced
 * @param compressionLevel of {@code .nii.gz}: 1 (fast) to 9 (small)
 * @param verify whether all is read back and compared before the file appears
 * @param noSidecar whether the JSON file beside it is left out, which an image with a recipe gets
 * @param keepUnit whether lengths keep the image's unit; else they are converted to millimeters, for which many programs
 *     take them whatever the header says
 * @param noPaths whether files are named without where they lie
 * @param sources files and folders that are read while writing, which the target may not touch
 */
public record NiftiWriteOptions(
        boolean overwrite,
        int compressionLevel,
        boolean verify,
        boolean noSidecar,
        boolean keepUnit,
        boolean noPaths,
        Collection<Path> sources) {
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
            "Whether lengths keep their unit; if not, they are converted to millimeters, for which many programs take"
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
        sources = List.copyOf(sources);
        if (compressionLevel < LEVEL.minimum() || compressionLevel > LEVEL.maximum()) {
            throw new IllegalArgumentException("compression level " + compressionLevel + ", not " + LEVEL.accepted());
        }
    }

    /** No overwriting, compression level 3, no sources. */
    public static NiftiWriteOptions defaults() {
        return of(DECLARATION.defaults());
    }

    /**
     * As users set them.
     *
     * @param values of {@link #DECLARATION}
     */
    public static NiftiWriteOptions of(ParameterValues values) {
        return new NiftiWriteOptions(
                values.bool(WriteDeclaration.OVERWRITE.name()),
                Math.toIntExact(values.integer(LEVEL.name())),
                values.bool(WriteDeclaration.VERIFY.name()),
                values.bool(NO_SIDECAR.name()),
                values.bool(KEEP_UNIT.name()),
                values.bool(WriteDeclaration.NO_PATHS.name()),
                List.of());
    }

    /** The same with existing targets replaced, or refused. */
    public NiftiWriteOptions withOverwrite(boolean newOverwrite) {
        return new NiftiWriteOptions(newOverwrite, compressionLevel, verify, noSidecar, keepUnit, noPaths, sources);
    }

    /** The same with another level of gzip, 1 (fast) to 9 (small). */
    public NiftiWriteOptions withCompressionLevel(int newLevel) {
        return new NiftiWriteOptions(overwrite, newLevel, verify, noSidecar, keepUnit, noPaths, sources);
    }

    /** The same with what was written read back and compared, or not. */
    public NiftiWriteOptions withVerify(boolean newVerify) {
        return new NiftiWriteOptions(overwrite, compressionLevel, newVerify, noSidecar, keepUnit, noPaths, sources);
    }

    /** The same without the JSON file beside it, or with it. */
    public NiftiWriteOptions withNoSidecar(boolean without) {
        return new NiftiWriteOptions(overwrite, compressionLevel, verify, without, keepUnit, noPaths, sources);
    }

    /** The same with lengths in the image's own unit, as far as NIfTI has it, or in millimeters. */
    public NiftiWriteOptions withKeepUnit(boolean keep) {
        return new NiftiWriteOptions(overwrite, compressionLevel, verify, noSidecar, keep, noPaths, sources);
    }

    /** The same with files named by their names alone, or with where they lie. */
    public NiftiWriteOptions withNoPaths(boolean without) {
        return new NiftiWriteOptions(overwrite, compressionLevel, verify, noSidecar, keepUnit, without, sources);
    }

    /** The same with the files that the image is made of: a target may not replace one of them. */
    public NiftiWriteOptions withSources(Collection<Path> newSources) {
        return new NiftiWriteOptions(overwrite, compressionLevel, verify, noSidecar, keepUnit, noPaths, newSources);
    }
}
