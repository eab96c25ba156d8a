package org.scaledimaging.knime.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.target.AtomicTarget;

/** Places that nodes write to. */
final class Targets {
    /** What stands for the image's name in the place to write to. */
    private static final String NAME = "{name}";

    private Targets() {}

    /**
     * The place, once it is known that it may be written to as far as the settings go.
     *
     * @param image whose name {@code {name}} in the text stands for
     */
    static Path path(String setting, String text, ImageMetadata image, boolean createFolders)
            throws ParameterException, TargetException {
        String name = image.name().replaceAll("[\\\\/:*?\"<>|]", "_"); // what no file may be named
        Path target = Location.path(setting, Location.replace(String.valueOf(text), NAME, name));
        Path parent = target.getParent();
        if (!createFolders && parent != null && !Files.isDirectory(parent)) {
            throw new TargetException(target, "no folder " + parent, "an existing folder, or Create missing folders");
        }
        return target;
    }

    /** Warns of what will fail if it stays as it is. */
    static void warn(Path target, ExistingTarget existing, ConfigureOutput output) {
        try {
            AtomicTarget.check(target, existing.overwrite(), List.of());
        } catch (IOException e) {
            output.setWarningMessage(Work.sentence(e));
        }
    }
}
