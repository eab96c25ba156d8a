package org.scaledimaging.engine.format;

import java.nio.file.Path;
import java.util.Collection;

/**
 * The options that all formats share. Immutable: each method gives others.
 *
 * @param <O> the format's own
 */
public interface WriteOptions<O extends WriteOptions<O>> {
    /** What holds in any format. */
    TargetOptions target();

    /** The same with other options of those that hold in any format. */
    O withTarget(TargetOptions target);

    /** Whether an existing target may be replaced. */
    default boolean overwrite() {
        return target().overwrite();
    }

    /** Whether all is read back and compared before the target appears. */
    default boolean verify() {
        return target().verify();
    }

    /** Whether a recipe that is written along names files without where they lie. */
    default boolean noPaths() {
        return target().noPaths();
    }

    /** What is read while writing, and so may not be the target, lie in it or hold it. */
    default Collection<Path> sources() {
        return target().sources();
    }

    /** The same with existing targets replaced, or refused. */
    default O withOverwrite(boolean overwrite) {
        return withTarget(new TargetOptions(overwrite, verify(), noPaths(), sources()));
    }

    /** The same with what was written read back and compared, or not. */
    default O withVerify(boolean verify) {
        return withTarget(new TargetOptions(overwrite(), verify, noPaths(), sources()));
    }

    /** The same with files named by their names alone, or with where they lie. */
    default O withNoPaths(boolean noPaths) {
        return withTarget(new TargetOptions(overwrite(), verify(), noPaths, sources()));
    }

    /** The same with the files that the image is made of: a target may not replace one of them. */
    default O withSources(Collection<Path> sources) {
        return withTarget(new TargetOptions(overwrite(), verify(), noPaths(), sources));
    }
}
