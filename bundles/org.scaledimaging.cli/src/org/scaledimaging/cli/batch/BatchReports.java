package org.scaledimaging.cli.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.cli.report.ReportFile;
import org.scaledimaging.cli.report.ResultReport;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.report.ReportIndex;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/**
 * The pages of a batch and their index, in one folder.
 *
 * @param folder of pages, each in the folder that its result has below {@code results}
 * @param command that was typed
 */
record BatchReports(Path folder, ImageLocation results, String command) {
    private static final String OPTION = "--report-dir";

    /** The page about one result. */
    ResultReport of(ImageLocation output, List<Operation> operations) {
        Path below = Path.of(absolute(results)).relativize(Path.of(absolute(output)));
        Path page = folder.resolve(below).resolveSibling(output.name() + ".html");
        return new ResultReport(new ReportFile(OPTION, page), command, mask(operations));
    }

    private static String absolute(ImageLocation place) {
        return place.path()
                .map(path -> path.toAbsolutePath().normalize().toString())
                .orElse(place.toString().replaceFirst(":/", ""));
    }

    /** The mask of the estimate, if there is one. */
    private static Optional<ResultReport.Mask> mask(List<Operation> operations) {
        for (Operation operation : operations) {
            if (operation.process().isPresent()) {
                try {
                    return ScaledProcessingOptions.defaults()
                            .withEstimate(operation.process().get().from())
                            .mask()
                            .map(mask -> new ResultReport.Mask(Setting.MASK.toString(), mask));
                } catch (ParameterException e) {
                    throw new IllegalStateException("an operation has options that are none", e);
                }
            }
        }
        return Optional.empty();
    }

    /** What a result is compared with: what its plugin saw, where there is one alone; else what was read. */
    static Image before(Image opened, Image made, List<Operation> operations) {
        long plugins = operations.stream()
                .filter(operation -> operation.process().isPresent())
                .count();
        return plugins == 1 ? made.before().orElse(opened) : opened;
    }

    private ReportFile index() {
        return new ReportFile(OPTION, folder.resolve("index.html"));
    }

    /** Looks whether the index can be written; with results that are left it is made anew. */
    void check(boolean overwrite) throws IOException {
        index().check(overwrite, List.of());
    }

    /** Writes the index of all pages that there are of some results. */
    void writeIndex(Collection<ImageLocation> outputs) throws IOException {
        List<Path> pages = outputs.stream()
                .map(output -> of(output, List.of()).file().path())
                .filter(Files::exists)
                .toList();
        if (!pages.isEmpty()) {
            index().write(ReportIndex.of(pages, index().path()), true, List.of());
        }
    }
}
