package org.scaledimaging.cli.batch;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.cli.plan.Plan;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Json;
import org.scaledimaging.cli.terminal.OptionNames;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.place.ImageLocation;

/**
 * The work of a verb on one image, with its line of JSON where that is asked for: also where the work fails.
 *
 * @param input its path or address
 */
public record OneImage(Console console, boolean json, String input, ImageLocation output) {

    /**
     * What was made.
     *
     * @param written nothing where several images were
     * @param figures what was found out, by name
     */
    public record Made(Optional<ImageMetadata> written, Map<String, Object> figures, ItemResult.Status status) {
        /** One image, of which nothing else is to be said. */
        public static Made of(ImageMetadata image) {
            return with(Optional.of(image), Map.of());
        }

        /** One image or several, with figures. */
        public static Made with(Optional<ImageMetadata> written, Map<String, Object> figures) {
            return new Made(written, figures, ItemResult.Status.DONE);
        }

        /** What was planned only. */
        public static Made planned(Plan plan) {
            return new Made(Optional.of(plan.written()), plan.facts(), ItemResult.Status.POSSIBLE);
        }
    }

    /** The work itself. */
    @FunctionalInterface
    public interface Work {
        /** @param heard listens to what is told */
        Made run(Heard heard) throws IOException, ParameterException;
    }

    /** Says what is planned, where that is not to be JSON. */
    public void show(Plan plan) {
        if (!json) {
            line("input", input);
            line("output", output.toString());
            plan.forEach(this::line);
            console.out().flush();
        }
    }

    private void line(String name, String value) {
        console.print(String.format("%-15s %s", name, value));
    }

    /** Does it; what goes wrong goes on. */
    public void run(Work work) throws IOException, ParameterException {
        long start = System.nanoTime();
        Heard heard = new Heard(true);
        try {
            Made made = work.run(heard);
            Map<String, Object> figures = new LinkedHashMap<>(heard.figures());
            figures.putAll(made.figures());
            tell(heard, start, made.status(), made.written(), figures, Optional.empty());
        } catch (ParameterException e) {
            failed(heard, start, e.sentence(OptionNames.TABLE));
            throw e;
        } catch (IOException e) {
            failed(heard, start, FileFailures.sentence(e, OptionNames.TABLE));
            throw e;
        }
    }

    private void failed(Heard heard, long start, String sentence) {
        tell(heard, start, ItemResult.Status.FAILED, Optional.empty(), heard.figures(), Optional.of(sentence));
    }

    private void tell(
            Heard heard,
            long start,
            ItemResult.Status status,
            Optional<ImageMetadata> written,
            Map<String, Object> figures,
            Optional<String> error) {
        if (!json) {
            return;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        List<String> warnings = heard.warnings();
        console.print(Json.line(new ItemResult(
                        input, output, status, seconds, written, figures, warnings, error.map(FileFailures::oneLine))
                .facts()));
        console.out().flush();
    }
}
