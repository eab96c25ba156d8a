package org.scaledimaging.cli.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.scaledimaging.cli.option.InputOptions;
import org.scaledimaging.cli.option.output.Output;
import org.scaledimaging.cli.option.output.OutputSettings;
import org.scaledimaging.cli.plan.Plan;
import org.scaledimaging.cli.plan.Planned;
import org.scaledimaging.cli.report.ResultReport;
import org.scaledimaging.cli.terminal.OptionNames;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.execute.wait.Cancelling;
import org.scaledimaging.engine.execute.wait.JobScope;
import org.scaledimaging.engine.execute.wait.Rethrow;
import org.scaledimaging.engine.execute.wait.Waiting;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.target.AtomicTarget;

/**
 * Runs a recipe on many images, some side by side. An image that fails does not stop the others; cancelling stops all. An
 * output appears when it is complete, so a batch that was ended goes on where it was when it is run again.
 *
 * @param operations what is done to each
 * @param input which part of each image is read
 * @param settings how results are written
 * @param skipExisting whether a result that is there, of the same recipe and source, is left as it is
 * @param jobs how many images at once, at least 1
 * @param plans where nothing is written: what would be
 * @param reports where pages about results go
 */
record Batch(
        List<Operation> operations,
        InputOptions input,
        OutputSettings settings,
        boolean skipExisting,
        int jobs,
        Optional<Plans> plans,
        Optional<BatchReports> reports) {

    /** What would be written, image by image; the time of all is told by a sample of the first. */
    static final class Plans {
        private Plan first;
        private double seconds;
        private double bytes;

        private synchronized void add(Plan plan) {
            first = first == null ? plan : first;
            seconds += plan.seconds();
            bytes += plan.size();
        }

        private synchronized Optional<Plan> first() {
            return Optional.ofNullable(first);
        }

        double seconds() {
            return seconds;
        }

        double bytes() {
            return bytes;
        }
    }

    /**
     * Runs it.
     *
     * @param outputs by input, in the order to do them
     * @param execution for all: its threads are divided among images at once
     * @param told is told of each image when it is done with, one at a time
     * @throws CancellationException when the progress says so
     */
    void run(Map<BatchInputs.Input, ImageLocation> outputs, Execution execution, Consumer<ItemResult> told) {
        List<BatchInputs.Input> inputs = new ArrayList<>(outputs.keySet());
        BatchProgress progress = new BatchProgress(execution.progress(), inputs.size());
        ConcurrentLinkedQueue<Integer> open = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < inputs.size(); i++) {
            open.add(i);
        }
        int sideBySide = Math.min(jobs, inputs.size());
        Execution each = execution.withThreads(Math.max(1, execution.threads() / sideBySide));
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Runnable work = () -> {
            try (Cancelling cancelling = Cancelling.by(execution.progress()::isCancelled)) {
                for (Integer next = open.poll(); next != null && ended.get() == null; next = open.poll()) {
                    BatchInputs.Input one = inputs.get(next);
                    Execution own =
                            each.withProgress(progress.of(next, one.location().name()));
                    ItemResult result;
                    try (JobScope.Working working = new JobScope().begin()) {
                        result = item(one, outputs.get(one), own);
                    }
                    synchronized (told) {
                        told.accept(result);
                    }
                    progress.done(next);
                }
            } catch (Throwable e) { // cancelled, or our fault: the others stop as well
                ended.compareAndSet(null, e);
            }
        };
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i < sideBySide; i++) {
            Thread thread = new Thread(work, "image " + i);
            thread.start();
            threads.add(thread);
        }
        work.run();
        for (Thread thread : threads) {
            Waiting.forEndOf(thread, thread::interrupt);
        }
        Rethrow.of(ended.get(), RuntimeException.class);
    }

    private ItemResult item(BatchInputs.Input one, ImageLocation place, Execution execution) {
        long start = System.nanoTime();
        Heard heard = new Heard(false);
        Execution own = execution.withMemory(MemoryBudget.of(MemoryBudget.Share.RESULTS));
        Optional<OneImage.Made> made = Optional.empty();
        Optional<String> error = Optional.empty();
        try {
            made = make(one, place, heard.on(own));
        } catch (ParameterException e) {
            error = Optional.of(e.sentence(OptionNames.TABLE));
        } catch (IOException e) {
            execution.progress().checkCancelled();
            error = Optional.of(FileFailures.sentence(e, OptionNames.TABLE));
        } catch (OutOfMemoryError e) {
            error = Optional.of("memory: found " + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB, expected more (--memory), or fewer --jobs.");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        ItemResult.Status status = error.isPresent()
                ? ItemResult.Status.FAILED
                : made.map(OneImage.Made::status).orElse(ItemResult.Status.SKIPPED);
        Map<String, Object> figures = new LinkedHashMap<>(heard.figures());
        made.ifPresent(result -> figures.putAll(result.figures()));
        return new ItemResult(
                one.location().toString(),
                place,
                status,
                seconds,
                made.flatMap(OneImage.Made::written),
                figures,
                heard.warnings(),
                error.map(FileFailures::oneLine));
    }

    /** @return what was written or planned; nothing where it was there already */
    private Optional<OneImage.Made> make(BatchInputs.Input one, ImageLocation place, Execution execution)
            throws IOException, ParameterException {
        Output output = Output.of(place);
        try (Image opened = input.openAsItIs(one.location())) {
            boolean overwrite = settings.omeZarr().overwrite();
            if (skipExisting && Image.isThere(place)) {
                Optional<PixelType> type = settings.type().of(opened.metadata().pixelType());
                EarlierResult there = EarlierResult.of(place, opened, operations, type);
                if (there.other().isEmpty()) {
                    if (plans.isEmpty() && place.path().isPresent()) {
                        AtomicTarget.tidy(place.path().get());
                    }
                    return Optional.empty();
                } else if (!overwrite) {
                    there.checkSame();
                }
            }
            Collection<Path> sources =
                    new ArrayList<>(one.location().path().stream().toList());
            output.checkPlace(opened, settings, sources);
            Optional<ResultReport> page = reports.map(all -> all.of(place, operations));
            if (page.isPresent()) {
                page.get().check(opened, overwrite, sources);
            }
            PixelType type = opened.metadata().pixelType();
            if (plans.isPresent()) {
                return Optional.of(OneImage.Made.planned(plan(opened, output, sources, execution)));
            }
            long start = System.nanoTime();
            Execution listened = page.isPresent() ? page.get().listening(execution) : execution;
            double written = page.isPresent() ? 0.8 : 1;
            Progress progress = execution.progress();
            Image made = opened.applyAll(operations, listened.withProgress(progress.part(0, 0.5)));
            made.recipe().ifPresent(its -> sources.addAll(its.sources()));
            Image result = settings.type().convert(made, type);
            output.check(result, settings, sources);
            output.save(result, settings, sources, listened.withProgress(progress.part(0.5, written)));
            if (page.isEmpty()) {
                return Optional.of(OneImage.Made.of(output.written(result.metadata())));
            }
            Image before = BatchReports.before(opened, made, operations);
            double seconds = (System.nanoTime() - start) / 1e9;
            page.get()
                    .write(
                            new ResultReport.Result(before, one.location().toString(), result, place, made.field()),
                            seconds,
                            listened.withProgress(progress.part(written, 1)),
                            overwrite,
                            sources);
            return Optional.of(OneImage.Made.with(
                    Optional.of(output.written(result.metadata())),
                    Map.of("report", page.get().file().path().toString())));
        }
    }

    private Plan plan(Image opened, Output output, Collection<Path> sources, Execution execution)
            throws IOException, ParameterException {
        Planned planned = Planned.ofOperations(opened, operations, execution);
        Image result =
                settings.type().convert(planned.image(), opened.metadata().pixelType());
        opened.expected(operations).sources().forEach(sources::add);
        Optional<Plan> first = plans.get().first();
        Plan plan = Plan.of(planned, result, output, settings, sources, execution, first);
        plans.get().add(plan);
        return plan;
    }
}
