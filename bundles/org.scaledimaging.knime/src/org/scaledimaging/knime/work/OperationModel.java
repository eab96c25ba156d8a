package org.scaledimaging.knime.work;

import java.io.IOException;
import java.util.function.Function;
import org.knime.node.DefaultModel;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultModel.RequireModelParameters;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.port.ScaledImagePortObjectSpec;
import org.scaledimaging.knime.setting.OperationParameters;

/** The work of a node that adds an operation to an image's recipe: its result is known without the image. */
public final class OperationModel {
    private static final int CHUNK = 64;

    private OperationModel() {}

    /**
     * What was done.
     *
     * @param image that came in, open
     * @param result that goes out, open
     * @param from the image as it came in
     * @param to the result as it goes out
     */
    public record Done(Image image, Image result, ScaledImagePortObject from, ScaledImagePortObject to) {}

    /** What is kept for a node's view of what was done. */
    @FunctionalInterface
    public interface Keeping {
        void keep(Done done, ExecuteInput input, ExecuteOutput output, Execution execution)
                throws ParameterException, IOException;
    }

    /**
     * The model of a node with an image at its first port in and its first port out.
     *
     * @param parameters the class of its dialog
     */
    public static Function<RequireModelParameters, DefaultModel> of(Class<? extends OperationParameters> parameters) {
        return of(parameters, (done, input, output, execution) -> {});
    }

    /** As {@link #of(Class)}, of a node with a view. */
    public static Function<RequireModelParameters, DefaultModel> of(
            Class<? extends OperationParameters> parameters, Keeping keeping) {
        return Work.model(
                parameters,
                OperationModel::configure,
                (input, output, execution) -> execute(keeping, input, output, execution));
    }

    private static void configure(ConfigureInput input, ConfigureOutput output) throws ParameterException, IOException {
        OperationParameters operation = input.getParameters();
        ScaledImagePortObjectSpec spec = input.getInPortSpec(0);
        try (Image result = operation.apply(Image.of(new Unread(spec.metadata())))) {
            output.setOutSpec(0, ScaledImagePortObjectSpec.of(result.metadata()));
        }
    }

    /** What the image's folder holds is handed on. */
    private static void execute(Keeping keeping, ExecuteInput input, ExecuteOutput output, Execution execution)
            throws ParameterException, IOException {
        OperationParameters operation = input.getParameters();
        ScaledImagePortObject object = input.getInPortObject(0);
        try (Image image = object.open(execution)) {
            Image result = operation.apply(image);
            ScaledImagePortObject made = ScaledImagePortObject.of(result, object.store());
            keeping.keep(new Done(image, result, object, made), input, output, execution);
            output.setOutData(0, made);
        }
    }

    /** An image of which the metadata alone are known. */
    private record Unread(ImageMetadata metadata) implements ImageSource {
        @Override
        public int[] chunkShape() {
            int[] chunk = new int[metadata.dimensions().size()];
            for (int d = 0; d < chunk.length; d++) {
                chunk[d] = (int) Math.min(CHUNK, metadata.dimensions().get(d).length());
            }
            return chunk;
        }

        @Override
        public void read(Block target) {
            throw new IllegalStateException("no voxel is read before the node is executed");
        }
    }
}
