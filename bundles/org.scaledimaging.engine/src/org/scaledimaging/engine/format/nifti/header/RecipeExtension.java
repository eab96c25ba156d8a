package org.scaledimaging.engine.format.nifti.header;

import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.format.nifti.header.Extensions.Extension;

/** The extension that holds a recipe: a comment whose text is the JSON object {@code {"ScaledImaging": recipe}}. */
public final class RecipeExtension {
    /** The key in the JSON object. */
    public static final String KEY = "ScaledImaging";

    private static final String START = "{\"" + KEY + "\":";

    private RecipeExtension() {}

    /** Whether there is room for a text in a file. */
    public static boolean fits(String text) {
        return text.length() < Extensions.MOST_BYTES - 16;
    }

    static boolean is(Extension extension) {
        return extension.code() == Extensions.COMMENT && extension.text().startsWith(START);
    }

    /** The text of the first such extension; empty where there is none. */
    public static Optional<String> find(List<Extension> extensions) {
        return extensions.stream()
                .filter(RecipeExtension::is)
                .map(Extension::text)
                .findFirst();
    }
}
