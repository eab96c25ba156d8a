package org.scaledimaging.engine.format;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.scaledimaging.engine.parameter.ParameterValues;

/**
 * The options for images written in any format.
 *
 * @param overwrite whether an existing target may be replaced
 * @param verify whether all is read back and compared before the target appears
 * @param noPaths whether a recipe that is written along names files without where they lie
 * @param sources files and folders that are read while writing, which the target may not touch
 */
public record TargetOptions(boolean overwrite, boolean verify, boolean noPaths, Collection<Path> sources) {
    public TargetOptions {
        sources = List.copyOf(sources);
    }

    /** As users set them, of a declaration that has the three; no sources. */
    static TargetOptions of(ParameterValues values) {
        return new TargetOptions(
                values.bool(WriteDeclaration.OVERWRITE.name()),
                values.bool(WriteDeclaration.VERIFY.name()),
                values.bool(WriteDeclaration.NO_PATHS.name()),
                List.of());
    }
}
