package org.scaledimaging.engine.format.tiff.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.format.tiff.page.Tags;
import org.scaledimaging.engine.image.Axis;

/**
 * A file whose first page is described by JSON, {@code {"shape": [5, 2, 8, 9], "axes": "TCYX"}}, as tifffile writes it:
 * pages in the order of the array, or the first alone and the pixels of the others after it ({@code truncated}).
 */
public final class ShapedStack {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PLACES = "TCZ";

    private ShapedStack() {}

    static boolean recognises(String description) {
        return description.startsWith("{") && description.contains("\"shape\"");
    }

    /**
     * How many pages the description of a page speaks of, from that one on; 0 or less where it is none of these.
     *
     * @param first number of that page
     */
    static long count(Pages pages, int first, String description) {
        Optional<JsonNode> json = json(description);
        return json.isEmpty() || json.get().path("truncated").asBoolean()
                ? 0
                : planes(
                        shape(json.get(), pages.get(first).layout()),
                        pages.get(first).layout());
    }

    private static Optional<JsonNode> json(String description) {
        if (!recognises(description)) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readTree(description));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static List<Long> shape(JsonNode json, PageLayout layout) {
        List<Long> shape = new ArrayList<>();
        json.path("shape").forEach(length -> shape.add(length.asLong()));
        while (shape.size() > 2 && layout.samples() == 1 && layout.width() > 1 && shape.get(shape.size() - 1) == 1) {
            shape.remove(shape.size() - 1); // a last axis of length 1 is in no page
        }
        return shape;
    }

    private static int inPage(PageLayout layout) {
        return layout.samples() > 1 ? 3 : 2;
    }

    /** Below 1 where that is no number of planes. */
    private static long planes(List<Long> shape, PageLayout layout) {
        long planes = 1;
        for (int d = 0; d < shape.size() - inPage(layout); d++) {
            boolean possible = planes > 0 && shape.get(d) > 0 && shape.get(d) <= Integer.MAX_VALUE / planes;
            planes = possible ? planes * shape.get(d) : -1;
        }
        return planes;
    }

    /** Nothing where the description is none of these, or speaks of something else than the pages. */
    public static Optional<Stack> of(Pages pages, String description) throws IOException {
        Optional<JsonNode> known = json(description);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        JsonNode json = known.get();
        PageLayout layout = pages.get(0).layout();
        List<Long> shape = shape(json, layout);
        int inPage = inPage(layout);
        long planes = planes(shape, layout);
        boolean truncated = json.path("truncated").asBoolean() && pages.size() == 1 && planes > 1;
        if (shape.size() < inPage || planes < 1 || planes != pages.size() && !truncated) {
            return Optional.empty();
        }
        String said = axes(json, shape.size());
        if (said.isEmpty()) {
            return truncated ? Optional.of(stack(pages, "Z", List.of(planes), json, true)) : Optional.empty();
        }
        String axes = said.substring(0, said.length() - inPage);
        ShapedAxes.InPage page = ShapedAxes.InPage.of(layout, said.substring(said.length() - inPage));
        if (page.isUsual() && !axes.matches(".*[SYX].*")) {
            return Optional.of(stack(pages, axes, shape, json, truncated));
        }
        Stack inOrder = stack(pages, "Z", List.of(planes), MAPPER.createObjectNode(), truncated);
        return Optional.of(ShapedAxes.of(inOrder, axes, shape, page, sizes(json)));
    }

    /** The letters of the first axes; without them, pages are planes along z. */
    private static String axes(JsonNode json, int count) {
        String axes = json.path("axes").asText("").toUpperCase(Locale.ROOT);
        int all = json.path("shape").size();
        return axes.length() == all ? axes.substring(0, count) : "";
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
        Map<Axis, Scale> sizes = sizes(json);
        return new Stack(
                layout,
                lengths[0],
                lengths[1],
                lengths[2],
                sizes.get(Axis.T),
                sizes.get(Axis.Z),
                sizes.get(Axis.Y).or(PlainStack.scale(pages.first(), Tags.Y_RESOLUTION)),
                sizes.get(Axis.X).or(PlainStack.scale(pages.first(), Tags.X_RESOLUTION)),
                List.of(),
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

    /** What is said of voxels along axes by name. */
    private static Map<Axis, Scale> sizes(JsonNode json) {
        Scale spacing =
                Scale.of(json.path("spacing").asDouble(), json.path("unit").asText(""));
        return Map.of(
                Axis.T,
                scale(json, "TimeIncrement", "s"),
                Axis.Z,
                scale(json, "PhysicalSizeZ", "\u00b5m").or(spacing),
                Axis.Y,
                scale(json, "PhysicalSizeY", "\u00b5m"),
                Axis.X,
                scale(json, "PhysicalSizeX", "\u00b5m"));
    }

    private static Scale scale(JsonNode json, String key, String unit) {
        return json.path(key).isNumber()
                ? Scale.of(json.path(key).asDouble(), json.path(key + "Unit").asText(unit))
                : Scale.UNKNOWN;
    }
}
