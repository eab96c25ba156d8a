package org.scaledimaging.cli.batch;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.image.ImageMetadata;

/**
 * What became of one image of a batch.
 *
 * @param output where its result is, or would have been
 * @param seconds that it took
 * @param written what was written; nothing where nothing was
 * @param warnings a sentence each
 * @param error a sentence; nothing where all went well
 */
record ItemResult(
        BatchInputs.Input input,
        Path output,
        double seconds,
        Optional<ImageMetadata> written,
        List<String> warnings,
        Optional<String> error) {

    enum Status {
        DONE,
        SKIPPED,
        FAILED
    }

    Status status() {
        return error.isPresent() ? Status.FAILED : written.isPresent() ? Status.DONE : Status.SKIPPED;
    }

    /** As an object of JSON. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("input", input.location().toString());
        facts.put("output", output.toString());
        facts.put("status", status().name().toLowerCase(java.util.Locale.ROOT));
        facts.put("seconds", Math.round(seconds * 1000) / 1000.0);
        written.ifPresent(image -> {
            facts.put("axes", image.axes());
            facts.put("shape", Arrays.stream(image.shape()).boxed().toList());
            facts.put("pixelType", image.pixelType().label());
        });
        facts.put("warnings", warnings);
        facts.put("error", error.orElse(null));
        return facts;
    }
}
