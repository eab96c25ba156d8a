package org.scaledimaging.engine.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.picture.ColourMap;
import org.scaledimaging.engine.picture.Raster;
import org.scaledimaging.engine.picture.Window;

/** One HTML page about a correction, with everything in it: it asks nobody for anything, and is at most 3 MB large. */
public final class ReportPage {
    /** As large as a page may be, in bytes. */
    public static final int MOST_BYTES = 3_000_000;

    private static final int MOST_NOTICES = 50;
    private static final int MOST_TEXT = 200_000;
    private static final int MOST_COURSES = 24;
    private static final int MOST_VALUES = 2000;

    private ReportPage() {}

    /**
     * Gathers figures and pictures.
     *
     * @return the page
     * @throws ParameterException when shapes do not agree
     */
    public static String of(Comparison images, ReportText text, Execution execution)
            throws IOException, ParameterException {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        images.check();
        Stacks stacks = new Stacks(images);
        Execution measuring = execution.part(0, 0.8);
        data.set("figures", FiguresJson.of(FiguresPass.of(images, Optional.of(stacks), measuring)));
        data.put("title", text.title()).put("beforeName", text.before()).put("afterName", text.after());
        text.command().ifPresent(command -> data.put("command", cut(command)));
        text.recipe().ifPresent(recipe -> data.put("recipe", cut(recipe)));
        data.put("versions", text.versions());
        text.seconds().ifPresent(seconds -> data.put("seconds", seconds));
        ArrayNode notices = data.putArray("notices");
        text.notices().stream()
                .filter(notice -> notice.kind() != Notice.Kind.DETAIL)
                .limit(MOST_NOTICES)
                .forEach(notice -> notices.addObject()
                        .put("warning", notice.kind() == Notice.Kind.WARNING)
                        .put("sentence", cut(notice.sentence())));
        ArrayNode courses = data.putArray("courses");
        text.notices().stream()
                .filter(notice -> !notice.values().isEmpty())
                .limit(MOST_COURSES)
                .forEach(notice -> course(notice, courses.addObject()));
        images.field().ifPresent(field -> data.put("fieldBar", bar()));
        stacks.finish(execution.part(0.8, 1));
        data.set("thumbnails", stacks.thumbnails());
        data.putObject("stacks");
        long frame = page(data).getBytes(StandardCharsets.UTF_8).length;
        data.set("stacks", stacks.json(MOST_BYTES - frame));
        return page(data);
    }

    /** Of more values than a page has pixels for, every so many. */
    private static void course(Notice notice, ObjectNode json) {
        List<Double> values = notice.values();
        int step = (values.size() + MOST_VALUES - 1) / MOST_VALUES;
        json.put("name", cut(notice.sentence())).put("count", values.size());
        ArrayNode shown = json.putArray("values");
        for (int i = 0; i < values.size(); i += step) {
            shown.add(values.get(i));
        }
    }

    private static String bar() {
        ColourMap colours = ColourMap.perceptual();
        int[] pixels = new int[256];
        Arrays.setAll(pixels, i -> colours.argb(i, new Window(0, 255)));
        return Base64.getEncoder().encodeToString(new Raster(256, 1, pixels).png());
    }

    private static String cut(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + "… (cut)";
    }

    private static String page(ObjectNode data) throws IOException {
        return page("report", "Report", data);
    }

    /** The page of a name, with style, script and data in it. */
    static String page(String name, String title, ObjectNode data) throws IOException {
        // "</script>" in a name would end the element that holds the data
        String json = data.toString().replace("<", "\\u003c");
        return resource("frame.html")
                .replace("<!--TITLE-->", title)
                .replace("<!--BODY-->", resource(name + ".html"))
                .replace("/*STYLE*/", resource(name + ".css"))
                .replace("/*SCRIPT*/", resource(name + ".js"))
                .replace("/*DATA*/", json);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the page's " + name + " is not in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
