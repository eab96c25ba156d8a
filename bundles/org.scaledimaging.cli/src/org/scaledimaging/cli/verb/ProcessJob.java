package org.scaledimaging.cli.verb;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.cli.batch.BatchJob;
import org.scaledimaging.cli.batch.Heard;
import org.scaledimaging.cli.batch.OneImage;
import org.scaledimaging.cli.option.ExecutionOptions;
import org.scaledimaging.cli.option.ExecutorOptions;
import org.scaledimaging.cli.option.InputOptions;
import org.scaledimaging.cli.option.output.Output;
import org.scaledimaging.cli.option.output.OutputSettings;
import org.scaledimaging.cli.plan.Plan;
import org.scaledimaging.cli.plan.Planned;
import org.scaledimaging.cli.report.ResultReport;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.ProgressDisplay;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.ImageCollection;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.format.omezarr.collection.CollectionLayout.Kind;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.ProcessByPlugin;
import org.scaledimaging.engine.operation.recipe.ParameterImages;
import org.scaledimaging.engine.operation.recipe.RecipeFile;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.Effort;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.engine.target.TemporaryFolder;

/** Processing as it was asked for, in the order that keeps users from waiting for a refusal. */
record ProcessJob(
        ImageLocation source,
        InputOptions input,
        List<ScaledProcessingPlugin> chain,
        List<String> channels,
        ScaledProcessingOptions options,
        Output output,
        Optional<Output> field,
        Optional<BatchJob.RecipeTarget> recipe,
        OutputSettings settings,
        ExecutionOptions executionOptions,
        ExecutorOptions executorOptions,
        Optional<ResultReport> page,
        boolean dryRun) {
    /** The newest of a chain of images: closing it closes those it was made from. */
    private static final class Newest implements Closeable {
        private Image image;

        Newest(Image image) {
            this.image = image;
        }

        @Override
        public void close() throws IOException {
            image.close();
        }
    }

    /** The same as operations of a recipe. */
    static List<Operation> operations(
            List<ScaledProcessingPlugin> chain, List<String> channels, ScaledProcessingOptions options)
            throws ParameterException {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            ScaledProcessingPlugin plugin = chain.get(i);
            operations.add(new ProcessByPlugin(
                            plugin.description().id(), plugin.parameters().asMap(), options.downsampleFactor())
                    .withDownsampleTo(options.downsampleTo())
                    .withFrom(options.withOnChannels(channels.get(i)).estimate()));
        }
        return operations;
    }

    OneImage.Made run(Console console, OneImage one, Heard heard) throws IOException, ParameterException {
        Optional<ImageCollection> all = input.all(source, output.isOmeZarr());
        if (all.isPresent()) {
            return runAll(all.get(), console);
        }
        Report report = new Report(console, executionOptions.quiet());
        List<Path> kept = new ArrayList<>();
        try (Newest newest = new Newest(input.open(source))) {
            PixelType ofInput = input.typeRead(newest.image);
            check(newest.image);
            ImageMetadata fieldMetadata = null;
            ImageMetadata written;
            try (Executor executor = executorOptions.start(executionOptions.threads());
                    ProgressDisplay progress = ProgressDisplay.of(console, executionOptions.quiet())) {
                Execution execution =
                        heard.on(executionOptions.execution(progress)).withExecutor(executor);
                execution = page.isPresent() ? page.get().listening(execution) : execution;
                ScaledProcessing.check(newest.image.metadata(), chain, options, execution);
                if (dryRun) {
                    Plan plan = plan(newest.image, ofInput, execution);
                    one.show(plan);
                    return OneImage.Made.planned(plan);
                }
                double estimated = process(newest, kept, execution);
                Image result = settings.type().convert(newest.image, ofInput);
                result.checkPixelType(execution);
                double fieldDone = field.isPresent() ? (estimated + 1) / 2 : estimated;
                if (field.isPresent()) {
                    Image values = newest.image.field().orElseThrow();
                    fieldMetadata = values.metadata();
                    field.get().save(values, settings, sources(), execution.part(estimated, fieldDone));
                }
                written = result.metadata();
                output.save(result, settings, sources(), execution.part(fieldDone, 1));
                if (page.isPresent()) {
                    write(page.get(), result, newest.image.field(), report.seconds(), execution);
                }
            }
            if (fieldMetadata != null) {
                report.wrote(field.get(), field.get().written(fieldMetadata));
            }
            written = output.written(written);
            report.wrote(output, written);
            save(newest.image.recipe().orElseThrow().operations(), report);
            return OneImage.Made.of(written);
        } finally {
            for (Path path : kept) {
                if (Files.exists(path)) {
                    report.say("Kept " + path);
                }
            }
        }
    }

    private void write(ResultReport report, Image result, Optional<Image> values, double seconds, Execution execution)
            throws IOException, ParameterException {
        try (Image before = input.open(source)) {
            report.write(
                    new ResultReport.Result(before, source.toString(), result, output.place(), values),
                    seconds,
                    execution,
                    settings.omeZarr().overwrite(),
                    sources());
        }
    }

    private void save(List<Operation> done, Report report) throws IOException, ParameterException {
        if (recipe.isPresent()) {
            RecipeFile file = new RecipeFile(done, recipe.get().writing());
            file = settings.omeZarr().noPaths() ? file.withoutPaths() : file;
            file.write(recipe.get().path());
            report.say("Wrote " + recipe.get().path());
        }
    }

    private Plan plan(Image image, PixelType ofInput, Execution execution) throws IOException, ParameterException {
        Planned planned = Planned.ofOperations(image, operations(chain, channels, options), execution);
        Image result = settings.type().convert(planned.image(), ofInput);
        return Plan.of(planned, result, output, settings, sources(), execution, Optional.empty());
    }

    /** Files of one image, the field, a report and a temporary one, have no place for several. */
    private OneImage.Made runAll(ImageCollection images, Console console) throws IOException, ParameterException {
        String several = images.layout().holds();
        String one = "one image of it, chosen by "
                + (images.layout().kind() == Kind.SERIES
                        ? Setting.SERIES
                        : Setting.WELL + " and " + Setting.FIELD_OF_VIEW);
        if (field.isPresent()) {
            throw new ParameterException("--save-field", several, one);
        }
        if (page.isPresent()) {
            throw new ParameterException("--report", several, one);
        }
        if (options.tempZarrPath().isPresent() || options.keepTemp()) {
            throw new ParameterException(Setting.TEMPORARY_OME_ZARR, several, one);
        }
        if (recipe.isPresent()) {
            AtomicTarget.check(recipe.get().path(), settings.omeZarr().overwrite(), sources());
        }
        List<Operation> ofFirst = new ArrayList<>();
        WholeCollection whole =
                new WholeCollection(images, input, output, settings, executionOptions, executorOptions, dryRun);
        whole.run(console, sources(), new WholeCollection.Step() {
            @Override
            public void check(Image image, Execution execution) throws IOException, ParameterException {
                checkChannels(image);
                ScaledProcessing.check(image.metadata(), chain, options, execution);
                Planned.ofOperations(image, operations(chain, channels, options), execution); // images given fit, too
            }

            @Override
            public Image apply(Image image, Execution execution) throws IOException, ParameterException {
                Newest newest = new Newest(image);
                process(newest, new ArrayList<>(), execution);
                if (ofFirst.isEmpty()) {
                    ofFirst.addAll(newest.image.recipe().orElseThrow().operations());
                }
                return newest.image;
            }
        });
        if (!dryRun) {
            save(ofFirst, new Report(console, executionOptions.quiet()));
        }
        return whole.made();
    }

    /** Before the first estimate, however many come before. */
    private void checkChannels(Image image) throws ParameterException {
        for (String here : channels) {
            ScaledProcessing.checkChannels(image.metadata(), options.withOnChannels(here));
        }
    }

    private void check(Image image) throws IOException, ParameterException {
        checkChannels(image);
        output.check(image, settings, sources());
        if (field.isPresent()) {
            field.get().checkPlace(image, settings, sources());
        }
        if (recipe.isPresent()) {
            AtomicTarget.check(recipe.get().path(), settings.omeZarr().overwrite(), sources());
        }
        if (page.isPresent()) {
            page.get().check(image, settings.omeZarr().overwrite(), sources());
        }
        if (options.tempZarrPath().isPresent()) {
            TemporaryFolder.removeAbandoned(options.tempZarrPath().get());
            AtomicTarget.check(options.tempZarrPath().get(), false, sources());
        }
    }

    /**
     * Runs the low-resolution step of each plugin on the result of the one before.
     *
     * @return which part of the work, by and large, is done then
     */
    private double process(Newest newest, List<Path> kept, Execution execution) throws IOException, ParameterException {
        List<Effort> upTo = new ArrayList<>(List.of(Effort.NONE));
        for (ScaledProcessingPlugin plugin : chain) {
            Effort own = Effort.of(newest.image.source(), plugin, options);
            upTo.add(upTo.size() == 1 ? own : upTo.get(upTo.size() - 1).then(own));
        }
        int count = chain.size();
        Effort all = upTo.get(count);
        double total = all.before() + all.writing() * (field.isPresent() ? 2 : 1);
        for (int i = 0; i < count; i++) {
            ScaledProcessingOptions here = options.withOnChannels(channels.get(i));
            if (options.keepTemp()) {
                Path path = options.tempZarrPath().isPresent()
                        ? options.tempZarrPath().get()
                        : TemporaryFolder.createKept().resolve("field.ome.zarr");
                here = here.withTempZarrPath(path);
                kept.add(path);
            }
            Path place = here.tempZarrPath().orElse(TemporaryFolder.place());
            Execution estimating = execution
                    .tellingOnce()
                    .part(upTo.get(i).before() / total, upTo.get(i + 1).before() / total);
            try {
                newest.image = newest.image.applyScaledProcessing(chain.get(i), here, estimating);
            } catch (IOException e) {
                throw FileFailures.explain(e, place);
            } catch (ParameterException e) {
                throw e.ofPlugin(chain.get(i).description().id());
            }
        }
        return all.before() / total;
    }

    List<Path> sources() throws ParameterException {
        List<Path> sources = new ArrayList<>(source.path().stream().toList());
        sources.addAll(ParameterImages.paths(options));
        chain.forEach(plugin -> sources.addAll(ParameterImages.paths(plugin)));
        return sources;
    }
}
