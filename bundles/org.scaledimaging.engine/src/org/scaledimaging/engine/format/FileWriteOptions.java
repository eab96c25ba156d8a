package org.scaledimaging.engine.format;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.scaledimaging.engine.parameter.ParameterValues;

/**
 * How to write a file of a format that has no choices of its own.
 *
 * @param overwrite whether an existing file may be replaced
 * @param verify whether all is read back and compared before the file appears
 * @param noPaths whether a recipe that is written along names files without where they lie
 * @param sources files and folders that are read while writing, which the target may not touch
 */
public record FileWriteOptions(boolean overwrite, boolean verify, boolean noPaths, Collection<Path> sources) {
    /** What users can set. */
    public static final WriteDeclaration DECLARATION = new WriteDeclaration(
            "file",
            "the formats NRRD and MetaImage",
            List.of(WriteDeclaration.NO_PATHS, WriteDeclaration.OVERWRITE, WriteDeclaration.VERIFY));

    public FileWriteOptions {
        sources = List.copyOf(sources);
    }

    /** As users set them. */
    public static FileWriteOptions of(ParameterValues values) {
        return new FileWriteOptions(
                values.bool(WriteDeclaration.OVERWRITE.name()),
                values.bool(WriteDeclaration.VERIFY.name()),
                values.bool(WriteDeclaration.NO_PATHS.name()),
                List.of());
    }

    /** No overwriting, nothing read back, no sources. */
    public static FileWriteOptions defaults() {
        return of(DECLARATION.defaults());
    }

    /** The same with the files that the image is made of: a target may not replace one of them. */
    public FileWriteOptions withSources(Collection<Path> newSources) {
        return new FileWriteOptions(overwrite, verify, noPaths, newSources);
    }
}
