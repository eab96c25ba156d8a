package org.scaledimaging.cli.batch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.place.ImageLocation;

/**
 * The outcome of work on one image, the same for all verbs that write.
 *
 * @param input its path or address
 * @param output where its result is, or would have been
 * @param seconds that it took
 * @param written what was written; nothing where nothing was, or several images
 * @param figures what was found out on the way, by name
 * @param warnings a sentence each
 * @param error a sentence; nothing where all went well
 */
public record ItemResult(
        String input,
        ImageLocation output,
        Status status,
        double seconds,
        Optional<ImageMetadata> written,
        Map<String, Object> figures,
        List<String> warnings,
        Optional<String> error) {

    /** How it ended. */
    public enum Status {
        DONE,
        /** Nothing was written, as asked for, but could be; figures say what that takes. */
        POSSIBLE,
        SKIPPED,
        FAILED
    }

    /** As an object of JSON. */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("input", input);
        facts.put("output", output.toString());
        facts.put("status", status.name().toLowerCase(Locale.ROOT));
        facts.put("seconds", Math.round(seconds * 1000) / 1000.0);
        written.ifPresent(image -> facts.putAll(facts(image)));
        facts.put("figures", figures);
        facts.put("warnings", warnings);
        facts.put("error", error.orElse(null));
        return facts;
    }

    /** Of an image that is or would be written: its axes, shape and pixel type. */
    public static Map<String, Object> facts(ImageMetadata image) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("axes", image.axes());
        facts.put("shape", Arrays.stream(image.shape()).boxed().toList());
        facts.put("pixelType", image.pixelType().label());
        return facts;
    }
}
