package org.scaledimaging.engine.report;

import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.execute.Notice;

/**
 * The texts of a report besides figures and pictures.
 *
 * @param title of the page, such as the image's name
 * @param before the name of the image before
 * @param after the name of the image after
 * @param command a command line that gives the result again; none where it is not known
 * @param recipe the result as JSON, likewise
 * @param versions of the programs that made it
 * @param seconds how long it took; none where that is not known
 * @param notices what was told meanwhile
 */
public record ReportText(
        String title,
        String before,
        String after,
        Optional<String> command,
        Optional<String> recipe,
        String versions,
        Optional<Double> seconds,
        List<Notice> notices) {
    public ReportText {
        notices = List.copyOf(notices);
    }
}
