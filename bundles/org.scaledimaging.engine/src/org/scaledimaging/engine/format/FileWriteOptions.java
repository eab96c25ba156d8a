package org.scaledimaging.engine.format;

import java.util.List;
import org.scaledimaging.engine.parameter.ParameterValues;

/** The options for files of a format that has no choices of its own. */
public record FileWriteOptions(TargetOptions target) implements WriteOptions<FileWriteOptions> {
    /** What users can set. */
    public static final WriteDeclaration DECLARATION = new WriteDeclaration(
            "file",
            "the formats NRRD and MetaImage",
            List.of(WriteDeclaration.NO_PATHS, WriteDeclaration.OVERWRITE, WriteDeclaration.VERIFY));

    /** As users set them. */
    public static FileWriteOptions of(ParameterValues values) {
        return new FileWriteOptions(TargetOptions.of(values));
    }

    /** No overwriting, nothing read back, no sources. */
    public static FileWriteOptions defaults() {
        return DECLARATION.defaults(FileWriteOptions::of);
    }

    @Override
    public FileWriteOptions withTarget(TargetOptions newTarget) {
        return new FileWriteOptions(newTarget);
    }
}
