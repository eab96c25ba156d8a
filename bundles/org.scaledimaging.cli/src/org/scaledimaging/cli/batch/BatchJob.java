package org.scaledimaging.cli.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.cli.option.ExecutionOptions;
import org.scaledimaging.cli.option.InputOptions;
import org.scaledimaging.cli.option.output.OutputSettings;
import org.scaledimaging.cli.option.output.ResultOptions;
import org.scaledimaging.cli.plan.Plan;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Durations;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.cli.terminal.Json;
import org.scaledimaging.cli.terminal.ProgressDisplay;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.recipe.RecipeFile;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.target.AtomicTarget;

/** A batch as it was asked for: runs it, and says what became of each image and of all. */
public final class BatchJob {
    private final Console console;
    private final Batch batch;
    private final Optional<Batch.Plans> plans;
    private final int together;
    private final Map<BatchInputs.Input, ImageLocation> outputs;
    private final Optional<RecipeTarget> recipe;
    private final ExecutionOptions executionOptions;
    private final ResultOptions resultOptions;

    /**
     * Where a recipe goes.
     *
     * @param writing how results are written, for the recipe
     */
    public record RecipeTarget(Path path, Map<String, String> writing) {}

    /**
     * @param operations what is done to each image
     * @param input which part of each is read
     * @param settings how results are written
     * @param outputs by input, in the order to do them
     * @param recipe where the recipe goes as well
     * @param command that was typed
     */
    public BatchJob(
            Console console,
            List<Operation> operations,
            InputOptions input,
            OutputSettings settings,
            BatchOptions options,
            Map<BatchInputs.Input, ImageLocation> outputs,
            Optional<RecipeTarget> recipe,
            ExecutionOptions executionOptions,
            ResultOptions resultOptions,
            String command) {
        this.console = console;
        this.plans = resultOptions.dryRun() ? Optional.of(new Batch.Plans()) : Optional.empty();
        int jobs = resultOptions.dryRun() ? 1 : options.jobs();
        this.batch =
                new Batch(operations, input, settings, options.skipExisting(), jobs, plans, options.reports(command));
        this.together = options.jobs();
        this.outputs = outputs;
        this.recipe = recipe;
        this.executionOptions = executionOptions;
        this.resultOptions = resultOptions;
    }

    /** @return the exit code */
    public int run() throws IOException {
        if (recipe.isPresent()) {
            AtomicTarget.check(recipe.get().path(), batch.settings().omeZarr().overwrite(), List.of());
        }
        if (recipe.isPresent() && plans.isEmpty()) {
            RecipeFile file = new RecipeFile(batch.operations(), recipe.get().writing());
            file = batch.settings().omeZarr().noPaths() ? file.withoutPaths() : file;
            file.write(recipe.get().path());
        }
        if (batch.reports().isPresent()) {
            batch.reports()
                    .get()
                    .check(batch.skipExisting() || batch.settings().omeZarr().overwrite());
        }
        List<ItemResult> results = new ArrayList<>();
        try (MemoryBudget.Parts parts = MemoryBudget.dividedInto(Math.min(together, outputs.size()));
                ProgressDisplay progress = ProgressDisplay.of(console, executionOptions.quiet())) {
            batch.run(outputs, executionOptions.execution(progress), result -> {
                results.add(result);
                tell(result);
            });
        }
        if (batch.reports().isPresent() && plans.isEmpty()) {
            batch.reports().get().writeIndex(outputs.values());
        }
        return summary(results);
    }

    private void tell(ItemResult result) {
        if (resultOptions.json()) {
            console.print(Json.line(result.facts()));
            console.out().flush();
        }
        result.error().ifPresent(error -> console.say(Exit.COMMAND + ": " + named(result, error)));
        if (!resultOptions.json()) {
            result.warnings().forEach(warning -> console.say("Warning: " + named(result, warning)));
        }
        if (!executionOptions.quiet() && result.status() != ItemResult.Status.FAILED && !resultOptions.json()) {
            console.say(
                    switch (result.status()) {
                        case SKIPPED -> "Kept " + result.output();
                        case POSSIBLE -> "Would write " + result.output();
                        default -> String.format(Locale.ROOT, "Wrote %s (%.1f s)", result.output(), result.seconds());
                    });
        }
    }

    /** A sentence that says of which image it is. */
    private static String named(ItemResult result, String sentence) {
        return sentence.contains(result.input()) ? sentence : result.input() + ": " + sentence;
    }

    private int summary(List<ItemResult> results) {
        long done = count(results, ItemResult.Status.DONE);
        long skipped = count(results, ItemResult.Status.SKIPPED);
        long failed = count(results, ItemResult.Status.FAILED);
        String verb = plans.isPresent() ? " images can be written" : " images written";
        if (plans.isPresent()) {
            done = count(results, ItemResult.Status.POSSIBLE);
            verb += ", " + Plan.bytes(plans.get().bytes()) + " before compression, in about "
                    + Durations.rounded((long) (1e9 * plans.get().seconds())) + ", an estimate";
        }
        if (!executionOptions.quiet() || failed > 0) {
            console.say(done + " of " + results.size() + verb
                    + (skipped > 0 ? ", " + skipped + " there already" : "")
                    + (failed > 0 ? ", " + failed + " failed:" : "."));
        }
        results.stream()
                .filter(result -> result.status() == ItemResult.Status.FAILED)
                .forEach(result -> console.say("  " + result.input()));
        return failed > 0 ? Exit.FAILED : Exit.DONE;
    }

    private static long count(List<ItemResult> results, ItemResult.Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }
}
