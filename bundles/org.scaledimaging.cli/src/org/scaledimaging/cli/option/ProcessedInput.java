package org.scaledimaging.cli.option;

import java.io.IOException;
import java.util.Optional;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.Subtract;
import picocli.CommandLine.Option;

/** Options that choose the part of an image that is read, and what is done to it before any plugin sees it. */
public final class ProcessedInput extends InputOptions {
    @Option(
            names = "--subtract",
            paramLabel = "VALUE",
            description = "Subtract this from each voxel before anything else, such as a camera's offset.")
    private Double subtract;

    private PixelType typeRead;

    /** What is done to it, for those who open it as it is. */
    public Optional<Operation> operation() {
        return Optional.ofNullable(subtract).map(Subtract::new);
    }

    @Override
    public void check() throws ParameterException {
        super.check();
        if (subtract != null && !Double.isFinite(subtract)) {
            throw new ParameterException("--subtract", subtract, "a number");
        }
    }

    @Override
    public boolean hasPart() {
        return subtract != null || super.hasPart();
    }

    @Override
    public PixelType typeRead(Image opened) {
        return subtract == null ? opened.metadata().pixelType() : typeRead;
    }

    @Override
    public Image part(Image opened) throws IOException, ParameterException {
        Image part = super.part(opened);
        typeRead = part.metadata().pixelType();
        return subtract == null ? part : part.subtract(subtract);
    }
}
