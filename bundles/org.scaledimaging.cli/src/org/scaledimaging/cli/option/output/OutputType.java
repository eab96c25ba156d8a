package org.scaledimaging.cli.option.output;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.NearMisses;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;

/** The pixel type that is asked for: one by name, the input's, or whatever the image has. */
public final class OutputType {
    private static final String SAME = "same";

    private final Optional<PixelType> named;
    private final boolean same;

    private OutputType(Optional<PixelType> named, boolean same) {
        this.named = named;
        this.same = same;
    }

    /**
     * @param text as the user wrote it, or null
     * @throws ParameterException when there is no such type
     */
    static OutputType parse(String text) throws ParameterException {
        if (text == null || text.equals(SAME)) {
            return new OutputType(Optional.empty(), text != null);
        }
        Optional<PixelType> type = PixelType.ofLabel(text);
        if (type.isEmpty()) {
            List<String> types =
                    Arrays.stream(PixelType.values()).map(PixelType::label).toList();
            throw new ParameterException(
                    Setting.OUTPUT_TYPE,
                    Given.shown(text),
                    "same or one of " + String.join(", ", types) + NearMisses.perhaps(text, types));
        }
        return new OutputType(type, false);
    }

    /** The type to convert to, of an image of that type; nothing where what is made is not converted. */
    public Optional<PixelType> of(PixelType input) {
        return named.or(() -> same ? Optional.of(input) : Optional.empty());
    }

    /** The image in that type; rounded to the nearest and clamped where need be. */
    public Image convert(Image image, PixelType ofInput) {
        PixelType own = image.metadata().pixelType();
        PixelType wanted = of(ofInput).orElse(own);
        return wanted == own ? image : image.convert(wanted);
    }
}
