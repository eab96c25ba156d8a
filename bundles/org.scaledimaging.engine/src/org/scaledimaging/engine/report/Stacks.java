package org.scaledimaging.engine.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.picture.ColourMap;
import org.scaledimaging.engine.picture.Plane;
import org.scaledimaging.engine.picture.Slices;
import org.scaledimaging.engine.picture.Window;

/** Slices along each axis as PNG in JSON, as many and as large as fit into a number of characters. */
final class Stacks {
    private static final int[] SIZES = {288, 224, 160, 112, 80};
    private static final int THUMBNAIL = 96;
    private static final int[] COUNTS = {32, 24, 20, 16, 12};

    /** An image's planes along one axis, all read once at the largest size. */
    private record Stack(String name, Axis axis, List<Plane> planes, Window window, ColourMap colours) {}

    private final List<Stack> stacks = new ArrayList<>();

    Stacks(Comparison images, Execution execution) throws IOException {
        Slices before = Slices.of(images.before());
        Slices after = Slices.of(images.after());
        ColourMap grey = images.before().metadata().labels() ? ColourMap.labels() : ColourMap.grey();
        ColourMap greyAfter = images.after().metadata().labels() ? ColourMap.labels() : ColourMap.grey();
        List<Stack> read = new ArrayList<>();
        List<Plane> ofBoth = new ArrayList<>();
        List<Plane> ofField = new ArrayList<>();
        for (Axis axis : before.normals()) {
            List<Plane> a = planes(before, axis, execution);
            List<Plane> b = planes(after, axis, execution);
            ofBoth.addAll(a);
            ofBoth.addAll(b);
            read.add(new Stack("before", axis, a, null, grey));
            read.add(new Stack("after", axis, b, null, greyAfter));
            if (images.field().isPresent()) {
                List<Plane> f = planes(Slices.of(images.field().get()), axis, execution);
                ofField.addAll(f);
                read.add(new Stack("field", axis, f, null, ColourMap.perceptual()));
            }
        }
        Window shared = Window.ofPercentiles(ofBoth, 0.5, 99.5);
        Window field = Window.ofPercentiles(ofField, 0, 100);
        for (Stack stack : read) {
            Window window = stack.name.equals("field") ? field : shared;
            stacks.add(new Stack(stack.name, stack.axis, stack.planes, window, stack.colours));
        }
    }

    private static List<Plane> planes(Slices slices, Axis axis, Execution execution) throws IOException {
        List<Plane> planes = new ArrayList<>();
        long length = slices.length(axis);
        int count = (int) Math.min(length, COUNTS[0]);
        for (int i = 0; i < count; i++) {
            Plane plane = slices.slice(axis, (2L * i + 1) * length / (2L * count), 0, 0, SIZES[0], execution);
            int[] size = plane.square(SIZES[0]);
            planes.add(plane.sized(size[0], size[1]));
        }
        return planes;
    }

    /** Before and after in the middle of the first axis, small, as PNG in base64. */
    ObjectNode thumbnails() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Stack stack : stacks.subList(0, 2)) {
            Plane plane = stack.planes.get(stack.planes.size() / 2);
            int[] shape = plane.square(THUMBNAIL);
            json.put(stack.name, encoded(stack, plane.sized(shape[0], shape[1])));
        }
        return json;
    }

    private static String encoded(Stack stack, Plane plane) {
        return Base64.getEncoder()
                .encodeToString(stack.colours.paint(plane, stack.window).png());
    }

    /** The first of the sizes that fits; of the smallest, as many slices as fit. */
    ObjectNode json(long budget) {
        for (int attempt = 0; attempt < SIZES.length; attempt++) {
            ObjectNode json = json(SIZES[attempt], COUNTS[attempt]);
            if (json.toString().length() <= budget) {
                return json;
            }
        }
        int count = COUNTS[COUNTS.length - 1];
        ObjectNode json = json(SIZES[SIZES.length - 1], count);
        while (json.toString().length() > budget && count > 1) {
            count /= 2;
            json = json(SIZES[SIZES.length - 1], count);
        }
        return json;
    }

    private ObjectNode json(int size, int most) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        for (Stack stack : stacks) {
            int count = Math.min(most, stack.planes.size());
            ObjectNode json = all.withObject("/" + stack.axis.symbol()).putObject(stack.name);
            json.put("low", stack.window.low()).put("high", stack.window.high());
            ArrayNode slices = json.putArray("slices");
            for (int i = 0; i < count; i++) {
                Plane plane = stack.planes.get((2 * i + 1) * stack.planes.size() / (2 * count));
                int[] shape = plane.square(Math.min(size, SIZES[0]));
                slices.addObject()
                        .put("index", plane.position().index())
                        .put("place", plane.position().coordinate())
                        .put("unit", plane.position().unit())
                        .put("png", encoded(stack, plane.sized(shape[0], shape[1])));
            }
        }
        return all;
    }
}
