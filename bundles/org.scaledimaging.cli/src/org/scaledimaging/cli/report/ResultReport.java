package org.scaledimaging.cli.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.scaledimaging.cli.option.Version;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.report.Comparison;
import org.scaledimaging.engine.report.KeptRecipe;
import org.scaledimaging.engine.report.MaskOnGrid;
import org.scaledimaging.engine.report.ReportPage;
import org.scaledimaging.engine.report.ReportText;

/**
 * The page about a result, made of the file that was written, which is read again.
 *
 * @param command that gives the result again
 * @param mask the path or address of the image in which figures are measured, or a recipe as JSON
 * @param notices what was told until now
 */
public record ResultReport(ReportFile file, String command, Optional<Mask> mask, List<Notice> notices) {
    /**
     * Where figures are measured.
     *
     * @param option that names it
     * @param value the path or address of an image, or a recipe as JSON
     */
    public record Mask(String option, String value) {}

    public ResultReport(ReportFile file, String command, Optional<Mask> mask) {
        this(file, command, mask, new CopyOnWriteArrayList<>());
    }

    /**
     * What is compared.
     *
     * @param before the image that was corrected, open
     * @param source where it is
     * @param result as it was computed, open
     * @param written where it is
     * @param field what made the one of the other
     */
    public record Result(Image before, String source, Image result, ImageLocation written, Optional<Image> field) {}

    /** The same execution, whose notices are kept for the page. */
    public Execution listening(Execution execution) {
        return execution.withNotices(notice -> {
            execution.tell(notice);
            if ((notice.kind() != Notice.Kind.DETAIL || !notice.values().isEmpty()) && !notices.contains(notice)) {
                notices.add(notice);
            }
        });
    }

    /**
     * Looks before the work whether the page can be written.
     *
     * @throws ParameterException when the mask does not fit the image
     */
    public void check(Image image, boolean overwrite, Collection<Path> sources) throws IOException, ParameterException {
        file.check(overwrite, sources);
        if (mask.isPresent()) {
            Execution untold = Execution.standard().withNotices(notice -> {});
            try (Image wanted = Image.ofParameter(mask.get().value, untold)) {
                on(image, wanted, untold);
            }
        }
    }

    private ImageSource on(Image image, Image wanted, Execution execution) throws ParameterException {
        return MaskOnGrid.of(mask.orElseThrow().option, mask.get().value, wanted.source(), image.source(), execution);
    }

    /** Writes the page. */
    public void write(Result of, double seconds, Execution execution, boolean overwrite, Collection<Path> sources)
            throws IOException, ParameterException {
        try (Image after = Image.open(of.written);
                Image wanted = mask.isPresent() ? Image.ofParameter(mask.get().value, execution) : null) {
            int axes = of.before.metadata().dimensions().size();
            boolean kept = after.metadata().dimensions().size() == axes; // NIfTI drops axes of length 1
            Comparison images = new Comparison(
                    of.before.source(),
                    kept ? after.source() : of.result.source(),
                    of.field
                            .filter(values -> values.metadata()
                                    .axes()
                                    .equals(of.before.metadata().axes()))
                            .map(Image::source),
                    wanted == null ? Optional.empty() : Optional.of(on(of.before, wanted, execution)));
            ReportText text = new ReportText(
                    of.written.name(),
                    of.source,
                    of.written.toString(),
                    Optional.of(command),
                    Optional.of(KeptRecipe.withoutCourses(of.result.toJson())),
                    Version.line(),
                    Optional.of(seconds),
                    notices);
            file.write(ReportPage.of(images, text, execution), overwrite, sources);
        }
    }
}
