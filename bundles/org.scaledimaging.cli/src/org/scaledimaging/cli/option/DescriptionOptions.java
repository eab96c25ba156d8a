package org.scaledimaging.cli.option;

import java.io.IOException;
import java.util.Optional;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.geometry.Describe;
import picocli.CommandLine.Option;

/** Options that say what an input is, whatever it says itself. */
public final class DescriptionOptions {
    @Option(names = "--axes", paramLabel = "AXES", description = Describe.AXES_TEXT)
    private String axes = "";

    @Option(names = "--pages", paramLabel = "AXES=N,N", description = Describe.PAGES_TEXT)
    private String pages = "";

    @Option(names = "--voxel-size", paramLabel = "Z,Y,X[UNIT]", description = Describe.VOXEL_SIZE_TEXT)
    private String voxelSize = "";

    @Option(names = "--unit", paramLabel = "UNIT", description = Describe.UNIT_TEXT)
    private String unit = "";

    /** @throws ParameterException when the options cannot be meant of any image */
    public void check() throws ParameterException {
        described().check();
    }

    /** What is said; nothing where no option is given. */
    public Optional<Describe> operation() {
        return Optional.of(described()).filter(said -> !said.isEmpty());
    }

    /**
     * An image as it is said to be; closed where it cannot be that.
     *
     * @throws ParameterException when what is said does not fit it
     */
    public Image described(Image opened) throws IOException, ParameterException {
        try {
            Optional<Describe> said = operation();
            return said.isEmpty() ? opened : opened.apply(said.get());
        } catch (ParameterException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private Describe described() {
        return new Describe(axes, pages, voxelSize, unit);
    }
}
