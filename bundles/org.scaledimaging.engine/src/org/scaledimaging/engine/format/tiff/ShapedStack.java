package org.scaledimaging.engine.format.tiff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.format.tiff.page.Tags;

/**
 * A file whose first page is described by JSON, {@code {"shape": [5, 2, 8, 9], "axes": "TCYX"}}, as tifffile writes it:
 * pages in the order of the array, or the first alone and the pixels of the others after it ({@code truncated}).
 */
final class ShapedStack {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PLACES = "TCZ";

    private ShapedStack() {}

    /** Nothing where the description is none of these, or speaks of something else than the pages. */
    static Optional<Stack> of(Pages pages, String description) throws IOException {
        if (!description.startsWith("{") || !description.contains("\"shape\"")) {
            return Optional.empty();
        }
        JsonNode json;
        try {
            json = MAPPER.readTree(description);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        List<Long> shape = new ArrayList<>();
        json.path("shape").forEach(length -> shape.add(length.asLong()));
        PageLayout layout = pages.get(0).layout();
        int inPage = layout.samples() > 1 ? 3 : 2;
        long planes = 1;
        for (int d = 0; d < shape.size() - inPage; d++) {
            boolean possible = planes > 0 && shape.get(d) > 0 && shape.get(d) <= Integer.MAX_VALUE / planes;
            planes = possible ? planes * shape.get(d) : -1;
        }
        boolean truncated = json.path("truncated").asBoolean() && pages.size() == 1 && planes > 1;
        if (shape.size() < inPage || planes < 1 || planes != pages.size() && !truncated) {
            return Optional.empty();
        }
        if (!axes(json, shape.size()).matches("[A-Z&&[^SYX]]*(YX|SYX|YXS)")) {
            if (truncated) {
                return Optional.of(stack(pages, "Z", List.of(planes), json, true));
            }
            String said = axes(json, shape.size());
            return said.isEmpty() ? Optional.empty() : Optional.of(otherwise(PlainStack.of(pages), said));
        }
        String axes = axes(json, shape.size()).replaceAll("(YX|SYX|YXS)$", "");
        return Optional.of(stack(pages, axes, shape, json, truncated));
    }

    /** Without axes, pages are planes along z. */
    private static String axes(JsonNode json, int count) {
        String axes = json.path("axes").asText("").toUpperCase(Locale.ROOT);
        return axes.length() == count ? axes : "";
    }

    /** Planes along z, where pages are no planes of y and x: who reads it so has to know. */
    private static Stack otherwise(Stack plain, String said) {
        return new Stack(
                plain.layout(),
                plain.times(),
                plain.channels(),
                plain.slices(),
                plain.t(),
                plain.z(),
                plain.y(),
                plain.x(),
                plain.names(),
                plain.colours(),
                new Otherwise((FilePlanes) plain.planes(), said));
    }

    /** Planes of a file that says of its axes what is not heeded. */
    private record Otherwise(FilePlanes planes, String said) implements Stack.InOneFile {
        @Override
        public Pages pages() {
            return planes.pages();
        }

        @Override
        public Optional<Page> page(long time, long channel, long slice) {
            return planes.page(time, channel, slice);
        }

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public Optional<String> lacks() {
            return Optional.of(pages().file().path() + ": its description says that its axes are " + said
                    + "; pages are planes along z unless axes are given.");
        }
    }

    private static Stack stack(Pages pages, String axes, List<Long> shape, JsonNode json, boolean truncated)
            throws IOException {
        long[] lengths = {1, 1, 1};
        long[] steps = {0, 0, 0};
        long step = 1;
        for (int d = axes.length() - 1; d >= 0; d--) {
            if (shape.get(d) > 1) {
                int at = place(axes, shape, d, lengths, steps, step);
                if (lengths[at] == 1) {
                    steps[at] = step;
                } else if (steps[at] * lengths[at] != step) {
                    return PlainStack.of(pages); // an axis that is named twice, with others in between
                }
                lengths[at] *= shape.get(d); // axes in one place follow one another
            }
            step *= shape.get(d);
        }
        PageLayout layout = truncated ? ImageJStack.layout(pages, step) : PlainStack.same(pages, pages.size());
        return new Stack(
                layout,
                lengths[0],
                lengths[1],
                lengths[2],
                scale(json, "TimeIncrement", "s", Scale.UNKNOWN),
                scale(
                        json,
                        "PhysicalSizeZ",
                        "\u00b5m",
                        Scale.of(json.path("spacing").asDouble(), unit(json, ""))),
                scale(json, "PhysicalSizeY", "\u00b5m", PlainStack.scale(pages.first(), Tags.Y_RESOLUTION)),
                scale(json, "PhysicalSizeX", "\u00b5m", PlainStack.scale(pages.first(), Tags.X_RESOLUTION)),
                List.of(),
                new FilePlanes(pages, steps[0], steps[1], steps[2], truncated ? ImageJStack.planeBytes(pages) : 0));
    }

    /**
     * Where an axis goes: of another name than t, c, z along z, else t or c, where these are free or it follows on what is
     * there, so that no two pages come to one place.
     */
    private static int place(String axes, List<Long> shape, int d, long[] lengths, long[] steps, long step) {
        int named = PLACES.indexOf(axes.charAt(d));
        if (named >= 0) {
            return named;
        }
        for (char letter : new char[] {'Z', 'T', 'C'}) {
            int at = PLACES.indexOf(letter);
            boolean free = lengths[at] == 1 && axes.indexOf(letter) < 0;
            boolean follows = lengths[at] > 1 && steps[at] * lengths[at] == step;
            if (free || follows && (letter != 'Z' || axes.indexOf('Z') < 0)) {
                return at;
            }
        }
        for (int outer = d - 1; outer >= 0 && step == 1; outer--) { // the innermost: what is next follows on it
            int at = PLACES.indexOf(axes.charAt(outer));
            if (at >= 0 && shape.get(outer) > 1) {
                return at;
            }
        }
        return PLACES.indexOf('Z');
    }

    private static String unit(JsonNode json, String otherwise) {
        return json.path("unit").asText(otherwise);
    }

    private static Scale scale(JsonNode json, String key, String unit, Scale otherwise) {
        return json.path(key).isNumber()
                ? Scale.of(json.path(key).asDouble(), json.path(key + "Unit").asText(unit))
                : otherwise;
    }
}
