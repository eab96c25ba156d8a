package org.scaledimaging.knime.setting.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;

/** The pixel type of a result, as a text: one by name, or one of two words. Texts are kept in workflows: they stay. */
public final class OutputType {
    /** The type that the result has anyway. */
    public static final String UNCHANGED = "unchanged";

    /** The input's type. */
    public static final String INPUT = "same as input";

    private OutputType() {}

    /** For results that are computed from an input. */
    public static final class ComputedChoices implements StringChoicesProvider {
        @Override
        public List<StringChoice> computeState(NodeParametersInput context) {
            return types(
                    new StringChoice(UNCHANGED, "As computed (float32; float64 for wider types)"),
                    new StringChoice(INPUT, "Same as input"));
        }
    }

    /** For images that are handed on. */
    public static final class UnchangedChoices implements StringChoicesProvider {
        @Override
        public List<StringChoice> computeState(NodeParametersInput context) {
            return types(new StringChoice(UNCHANGED, "As it is"));
        }
    }

    private static List<StringChoice> types(StringChoice... words) {
        List<StringChoice> choices = new ArrayList<>(List.of(words));
        for (PixelType type : PixelType.values()) {
            choices.add(StringChoice.fromId(type.label()));
        }
        return choices;
    }

    /**
     * @param text of a setting
     * @param computed the type that the result has anyway
     * @param input the input's
     * @throws ParameterException when there is no such type
     */
    public static PixelType of(String text, PixelType computed, PixelType input) throws ParameterException {
        if (UNCHANGED.equals(text)) {
            return computed;
        }
        if (INPUT.equals(text)) {
            return input;
        }
        Optional<PixelType> named = PixelType.ofLabel(String.valueOf(text));
        return named.orElseThrow(() -> new ParameterException(
                "Pixel type",
                Location.quoted(text),
                "one of "
                        + Stream.concat(
                                        Stream.of(UNCHANGED, INPUT),
                                        Stream.of(PixelType.values()).map(PixelType::label))
                                .collect(Collectors.joining(", "))));
    }

    public static Image convert(Image image, String text, ImageMetadata input) throws ParameterException {
        PixelType own = image.metadata().pixelType();
        PixelType wanted = of(text, own, input.pixelType());
        return wanted == own ? image : image.convert(wanted);
    }
}
