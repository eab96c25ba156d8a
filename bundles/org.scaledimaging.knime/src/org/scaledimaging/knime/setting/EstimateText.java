package org.scaledimaging.knime.setting;

import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** What an estimate is made from, as a dialog has it: places in there are absolute paths or addresses. */
final class EstimateText {
    static final String TITLE = "Estimate from";

    private static final String BVAL = "time=b0:";

    private EstimateText() {}

    /**
     * As the engine takes it.
     *
     * @throws ParameterException when a place in the text is none on this computer
     */
    static String here(String text) throws ParameterException {
        String given = text.strip();
        if (given.startsWith(BVAL)) {
            return BVAL + Location.path(TITLE, given.substring(BVAL.length()));
        }
        return isImage(given) ? Location.image(TITLE, given, true).toString() : given;
    }

    private static boolean isImage(String given) {
        return !given.isEmpty()
                && !ScaledProcessingOptions.FROM_WORDS.contains(given)
                && !given.startsWith("time=")
                && !given.startsWith("channel=");
    }

    /** Looks at what can be wrong everywhere: not at places. */
    static void check(String text) throws ParameterException {
        String given = text.strip();
        if (!given.startsWith(BVAL) && !isImage(given)) {
            ScaledProcessingOptions.defaults().withEstimateFrom(given);
        }
    }
}
