package org.scaledimaging.cli.verb;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.report.Comparison;
import org.scaledimaging.engine.report.ReportPage;
import org.scaledimaging.engine.report.ReportText;

/** The page about a result, made of the file that was written, which is read again. */
record ProcessReport(ReportFile file, String command, List<Notice> notices) {

    ProcessReport(ReportFile file, String command) {
        this(file, command, new CopyOnWriteArrayList<>());
    }

    /** The same execution, whose notices are kept for the page. */
    Execution listening(Execution execution) {
        return execution.withNotices(notice -> {
            execution.tell(notice);
            if ((notice.kind() != Notice.Kind.DETAIL || !notice.values().isEmpty()) && !notices.contains(notice)) {
                notices.add(notice);
            }
        });
    }

    void write(ProcessJob job, Image result, Optional<Image> field, double seconds, Execution execution)
            throws IOException, ParameterException {
        try (Image before = job.input().open(job.source());
                Image after = Image.open(job.output().path())) {
            int axes = before.metadata().dimensions().size();
            boolean kept = after.metadata().dimensions().size() == axes; // NIfTI drops axes of length 1
            Comparison images = new Comparison(
                    before.source(),
                    kept ? after.source() : result.source(),
                    field.filter(values -> values.metadata()
                                    .axes()
                                    .equals(before.metadata().axes()))
                            .map(Image::source),
                    Optional.empty());
            ReportText text = new ReportText(
                    job.output().path().getFileName().toString(),
                    job.source().toString(),
                    job.output().path().toString(),
                    Optional.of(command),
                    Optional.of(result.toJson()),
                    ReportFile.versions(),
                    Optional.of(seconds),
                    notices);
            String page = ReportPage.of(images, text, execution);
            file.write(page, job.settings().omeZarr().overwrite(), job.sources());
        }
    }
}
