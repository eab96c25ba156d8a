package org.scaledimaging.knime.setting;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.widget.message.TextMessage;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.knime.setting.choice.ImageParts;
import org.scaledimaging.knime.setting.text.Numbers;

/**
 * A box below a downsample factor that shows what it makes of the image at the first port: voxels, and their size in
 * its unit.
 */
public final class Downsampled {
    private Downsampled() {}

    /** By what an image is downsampled. */
    public static final class Factor implements ParameterReference<String> {}

    /** How large its voxels become instead. */
    public static final class Size implements ParameterReference<String> {}

    /** The factors for an image, as they are typed. */
    @FunctionalInterface
    private interface Typed {
        List<Integer> factors(ImageMetadata image) throws ParameterException;
    }

    /** The result of Downsample Image. */
    public static final class Result implements StateProvider<Optional<TextMessage.Message>> {
        private Supplier<String> factor;

        @Override
        public void init(StateProviderInitializer initializer) {
            initializer.computeBeforeOpenDialog();
            factor = initializer.computeFromValueSupplier(Factor.class);
        }

        @Override
        public Optional<TextMessage.Message> computeState(NodeParametersInput input) {
            Typed typed = image -> Arrays.stream(Numbers.required("Factor", factor.get()))
                    .boxed()
                    .toList();
            return message(input, "The result", Setting.FACTOR, typed, "");
        }
    }

    /** The low-resolution image of Scaled Processing. */
    public static final class LowResolution implements StateProvider<Optional<TextMessage.Message>> {
        private Supplier<String> factor;
        private Supplier<String> size;

        @Override
        public void init(StateProviderInitializer initializer) {
            initializer.computeBeforeOpenDialog();
            factor = initializer.computeFromValueSupplier(Factor.class);
            size = initializer.computeFromValueSupplier(Size.class);
        }

        @Override
        public Optional<TextMessage.Message> computeState(NodeParametersInput input) {
            Typed typed = image -> EstimateParameters.lowResolution(
                            ScaledProcessingOptions.defaults(), factor.get(), size.get())
                    .resolved(image)
                    .downsampleFactor();
            String counted = " One such voxel is 1 where something is counted in low-resolution voxels.";
            return message(input, "The low-resolution image", Setting.DOWNSAMPLE_FACTOR, typed, counted);
        }
    }

    private static Optional<TextMessage.Message> message(
            NodeParametersInput input, String title, Setting setting, Typed typed, String more) {
        Optional<ImageMetadata> known = ImageParts.atPort(input, 0);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        ImageMetadata image = known.get();
        try {
            int[] factors = SpatialAxes.factors(setting, typed.factors(image), image);
            String size = ImageParts.size(image.downsampled(factors));
            return Optional.of(new TextMessage.Message(title, size + "." + more, TextMessage.MessageType.INFO));
        } catch (ParameterException e) {
            return Optional.of(new TextMessage.Message(title, Sentences.of(e), TextMessage.MessageType.WARNING));
        }
    }
}
