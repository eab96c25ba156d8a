package org.scaledimaging.cli.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.cli.option.ExecutionOptions;
import org.scaledimaging.cli.option.SeriesOption;
import org.scaledimaging.cli.option.Verb;
import org.scaledimaging.cli.option.Version;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.cli.terminal.ProgressDisplay;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.ImageCollection;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.omezarr.collection.ImageChoice;
import org.scaledimaging.engine.format.omezarr.collection.Member;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.report.Comparison;
import org.scaledimaging.engine.report.KeptRecipe;
import org.scaledimaging.engine.report.MaskOnGrid;
import org.scaledimaging.engine.report.ReportIndex;
import org.scaledimaging.engine.report.ReportPage;
import org.scaledimaging.engine.report.ReportText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Two images side by side, as a page. */
@Command(
        name = "report",
        customSynopsis = {
            Exit.COMMAND + " report BEFORE AFTER OUTPUT.html [--field=FIELD] [--mask=MASK] [OPTIONS]",
            "       " + Exit.COMMAND + " report --index=OUTPUT.html REPORT.html..."
        },
        description = {
            "Writes one HTML page about what a correction did: slices before and after, histograms, profiles, figures."
                    + " The page needs no network. With --index, an overview of pages that were written; with --series all,"
                    + " a page of each image beside OUTPUT.html, which is the overview.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  scaled-imaging report brain.nii.gz corrected.nii.gz report.html --mask mask.nii.gz",
            "  scaled-imaging report --index index.html reports/*.html"
        })
public final class ReportCommand extends Verb {
    @Parameters(
            arity = "1..*",
            paramLabel = "PLACE",
            description = "The image before, the image after, the page to write; with --index, pages to list.")
    private List<String> places;

    @Option(names = "--field", paramLabel = "FIELD", description = "The field at full resolution, shown beside.")
    private ImageLocation field;

    @Option(
            names = "--mask",
            paramLabel = "MASK",
            description =
                    "Where this image of the same field of view, at any resolution, is not 0, variation and entropy"
                            + " are measured; from Otsu's threshold of the image before upward, if not given.")
    private ImageLocation mask;

    @Mixin
    private SeriesOption series;

    @Option(names = "--index", paramLabel = "OUTPUT.html", description = "Write an overview of pages.")
    private Path index;

    @Option(names = "--overwrite", description = "Replace the page if there is one.")
    private boolean overwrite;

    @Mixin
    private ExecutionOptions executionOptions;

    public ReportCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws Exception {
        ReportFile file;
        try {
            executionOptions.check();
            file = file();
            file.checkName();
            series.number();
        } catch (ParameterException e) {
            throw wrongUsage(e);
        }
        if (index != null) {
            List<Path> pages = places.stream().map(Path::of).toList();
            file.check(overwrite, pages);
            file.write(ReportIndex.of(pages, index), overwrite, pages);
        } else if (series.isAll()) {
            compareAll(file);
        } else {
            ImageChoice choice = new ImageChoice(series.number(), Optional.empty(), Optional.empty());
            compare(
                    file,
                    ImageFormats.chosen(ImageLocation.parse(places.get(0)), choice),
                    ImageFormats.chosen(ImageLocation.parse(places.get(1)), choice));
        }
        if (!executionOptions.quiet()) {
            console.say("Wrote " + file.path());
        }
        return Exit.DONE;
    }

    private ReportFile file() throws ParameterException {
        if (index != null) {
            if (field != null
                    || mask != null
                    || series.isAll()
                    || series.number().isPresent()) {
                throw new ParameterException("--index", "it along with --field, --mask or --series", "pages alone");
            }
            return new ReportFile("--index", index);
        }
        if (places.size() != 3) {
            throw new ParameterException("BEFORE AFTER OUTPUT.html", places.size() + " names", "three");
        }
        return new ReportFile("OUTPUT.html", Path.of(places.get(2)));
    }

    /** A page for each image of the second place and the one of the same path in the first, and their overview. */
    private void compareAll(ReportFile overview) throws IOException, ParameterException {
        ImageLocation after = ImageLocation.parse(places.get(1));
        Optional<ImageCollection> results = ImageCollection.find(after);
        Optional<ImageCollection> sources = ImageCollection.find(ImageLocation.parse(places.get(0)));
        if (results.isEmpty() || sources.isEmpty()) {
            compare(overview, ImageLocation.parse(places.get(0)), after);
            return;
        }
        List<Path> read = new ArrayList<>();
        after.path().ifPresent(read::add);
        overview.check(overwrite, read);
        Map<String, ImageLocation> before = new LinkedHashMap<>();
        sources.get().members().forEach(member -> before.put(member.path(), member.location()));
        List<Path> pages = new ArrayList<>();
        for (Member member : results.get().members()) {
            if (!before.containsKey(member.path())) {
                throw new ImageFormatException(
                        places.get(0), "no image " + member.path(), "each image that " + places.get(1) + " has");
            }
            String name = overview.path().getFileName().toString();
            int ending = name.lastIndexOf('.');
            Path page = overview.path()
                    .resolveSibling(
                            name.substring(0, ending) + "-" + member.path().replace('/', '-') + name.substring(ending));
            compare(new ReportFile(overview.option(), page), before.get(member.path()), member.location());
            pages.add(page);
        }
        overview.write(ReportIndex.of(pages, overview.path()), overwrite, pages);
    }

    private void compare(ReportFile file, ImageLocation beforeLocation, ImageLocation afterLocation)
            throws IOException, ParameterException {
        List<Path> sources = new ArrayList<>();
        for (ImageLocation location : new ImageLocation[] {beforeLocation, afterLocation, field, mask}) {
            Optional.ofNullable(location).flatMap(ImageLocation::path).ifPresent(sources::add);
        }
        file.check(overwrite, sources);
        try (Image before = Image.open(beforeLocation);
                Image after = Image.open(afterLocation);
                Image ofField = field == null ? null : Image.open(field);
                Image ofMask = mask == null ? null : Image.open(mask);
                ProgressDisplay progress = ProgressDisplay.of(console, executionOptions.quiet())) {
            Execution execution = executionOptions.execution(progress);
            Optional<ImageSource> wanted = ofMask == null
                    ? Optional.empty()
                    : Optional.of(
                            MaskOnGrid.of("--mask", mask.toString(), ofMask.source(), before.source(), execution));
            Map<String, Object> made = ImageFormats.provenance(afterLocation);
            Comparison images = new Comparison(
                    before.source(),
                    after.source(),
                    Optional.ofNullable(ofField).map(Image::source),
                    wanted);
            ReportText text = new ReportText(
                    afterLocation.name(),
                    beforeLocation.toString(),
                    afterLocation.toString(),
                    Optional.empty(),
                    made.isEmpty() ? Optional.empty() : Optional.of(KeptRecipe.text(made)),
                    Version.line(),
                    Optional.empty(),
                    KeptRecipe.told(made));
            file.write(ReportPage.of(images, text, execution), overwrite, sources);
        }
    }
}
