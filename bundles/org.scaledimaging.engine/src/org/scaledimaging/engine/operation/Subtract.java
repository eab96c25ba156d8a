package org.scaledimaging.engine.operation;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.view.View;

/**
 * Subtracts a number from each voxel, such as a camera's offset: float32, or float64 where the pixel type needs it.
 *
 * @param value in grey values, finite
 */
public record Subtract(double value) implements Operation {
    /** What it is called and what can be set. */
    public static final OperationKind KIND = OperationKind.of(
            Subtract.class,
            "subtract",
            "Subtracts a number from each voxel, such as a camera's offset; the result is float32, or float64 for 32-bit"
                    + " integers and wider types.",
            List.of(Parameter.number(
                            "value", 0, -Double.MAX_VALUE, Double.MAX_VALUE, "", "What to subtract, in grey values.")
                    .required()),
            values -> new Subtract(values.number("value")));

    @Override
    public Map<String, Object> values() {
        return Map.of("value", value);
    }

    @Override
    public ImageSource on(ImageSource image, Run run) {
        return new Less(image, value);
    }

    @Override
    public Effect effect() {
        return Effect.COMPUTED;
    }

    private static final class Less extends View {
        private final double value;

        Less(ImageSource image, double value) {
            super(
                    image,
                    image.metadata()
                            .withOtherValues(image.metadata().pixelType().working()));
            this.value = value;
        }

        @Override
        protected void compute(Block target) throws IOException {
            target.convertFrom(image().read(target.interval()));
            if (target.pixelType() == PixelType.FLOAT32) {
                float[] voxels = (float[]) target.voxels();
                for (int i = 0; i < target.size(); i++) {
                    voxels[i] = (float) (voxels[i] - value);
                }
            } else {
                double[] voxels = (double[]) target.voxels();
                for (int i = 0; i < target.size(); i++) {
                    voxels[i] -= value;
                }
            }
        }

        @Override
        protected Optional<ImageSource> on(ImageSource level) {
            return Optional.of(new Less(level, value));
        }
    }
}
