package org.scaledimaging.knime.nodes;

import java.io.IOException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.port.ScaledImagePortObjectSpec;

/** Nodes that add an operation to an image's recipe: what comes out is known without the image. */
final class Preview {
    private static final int CHUNK = 64;

    private Preview() {}

    /** An operation that reads no voxel. */
    @FunctionalInterface
    interface Step {
        Image apply(Image image) throws ParameterException, IOException;
    }

    /** Says what the step will make of the image at the first port. */
    static void configure(ConfigureInput input, ConfigureOutput output, Step step)
            throws ParameterException, IOException {
        ScaledImagePortObjectSpec spec = input.getInPortSpec(0);
        try (Image result = step.apply(Image.of(new Unread(spec.metadata())))) {
            output.setOutSpec(0, ScaledImagePortObjectSpec.of(result.metadata()));
        }
    }

    /** Adds the step to the image's recipe; what its folder holds is handed on. */
    static void execute(ExecuteInput input, ExecuteOutput output, Execution execution, Step step)
            throws ParameterException, IOException {
        ScaledImagePortObject object = input.getInPortObject(0);
        try (Image image = object.open(execution)) {
            output.setOutData(0, ScaledImagePortObject.of(step.apply(image), object.store()));
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
        public void read(Interval interval, Object voxels) {
            throw new IllegalStateException("no voxel is read before the node is executed");
        }
    }
}
