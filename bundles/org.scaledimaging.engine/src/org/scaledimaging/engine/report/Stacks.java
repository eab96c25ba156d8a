package org.scaledimaging.engine.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.picture.ColourMap;
import org.scaledimaging.engine.picture.ScaleBar;
import org.scaledimaging.engine.picture.Window;
import org.scaledimaging.engine.picture.plane.Plane;
import org.scaledimaging.engine.picture.plane.SliceStack;
import org.scaledimaging.engine.picture.plane.Slices;

/**
 * Slices along each axis, of up to 8 channels and time points, as PNG in JSON: as many and as large as fit into a number of
 * characters. Each image's level is read once, where it is the full resolution by whoever reads that anyway.
 */
final class Stacks {
    private static final int[] SIZES = {288, 224, 160, 112, 80};
    private static final int[] COUNTS = {32, 24, 20, 16, 12};
    private static final int THUMBNAIL = 96;
    private static final int WANTED = 192;
    private static final int MOST_VIEWS = 8;
    private static final int FEWEST = 4;
    /** For windows: of so many slices along an axis, in so many pixels. */
    private static final int SAMPLE = 8;

    private static final int SAMPLE_PIXELS = 128;

    /** A channel at a time point. */
    private record At(long channel, long time) {}

    private final Comparison images;
    private final List<Axis> normals;
    private final Map<At, SliceStack> before = new LinkedHashMap<>();
    private final Map<At, SliceStack> after = new LinkedHashMap<>();
    private final Map<At, SliceStack> field = new LinkedHashMap<>();
    private final Map<Long, Window> windows = new LinkedHashMap<>();
    private Window ofField;
    private int most;

    Stacks(Comparison images) {
        this.images = images;
        Slices slices = Slices.of(images.before());
        this.normals = slices.normals();
        List<At> views = views(slices.length(Axis.C), slices.length(Axis.T));
        this.most = Math.max(FEWEST, COUNTS[0] / views.size());
        for (At at : views) {
            before.put(at, stack(images.before(), at));
            after.put(at, stack(images.after(), at));
            if (images.field().isPresent()) {
                field.computeIfAbsent(ofField(at), key -> stack(images.field().get(), key));
            }
        }
    }

    private SliceStack stack(ImageSource image, At at) {
        return SliceStack.of(image, most, at.channel, at.time, WANTED);
    }

    /** Channels first, as many as may be; of time points what is left. */
    private static List<At> views(long channels, long times) {
        List<At> views = new ArrayList<>();
        List<Long> ofTime = spread(times, (int) (MOST_VIEWS / Math.min(MOST_VIEWS, channels)));
        for (long channel : spread(channels, MOST_VIEWS)) {
            for (long time : ofTime) {
                views.add(new At(channel, time));
            }
        }
        return views;
    }

    /** Evenly spread, from the first to the last where there is more than one. */
    private static List<Long> spread(long length, int most) {
        int count = (int) Math.min(length, most);
        List<Long> spread = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            spread.add(count == 1 ? 0 : i * (length - 1) / (count - 1));
        }
        return spread;
    }

    /** A field has one for all, or one for each. */
    private At ofField(At at) {
        Slices slices = Slices.of(images.field().orElseThrow());
        return new At(
                at.channel < slices.length(Axis.C) ? at.channel : 0, at.time < slices.length(Axis.T) ? at.time : 0);
    }

    /** What blocks of an image must begin at multiples of, along each of its axes, to be {@link #add added}. */
    int[] alignment(ImageSource image) {
        int[] all = new int[image.metadata().dimensions().size()];
        for (Map<At, SliceStack> stacks : List.of(before, after, field)) {
            for (SliceStack stack : stacks.values()) {
                if (stack.source() == image) {
                    for (int d = 0; d < all.length; d++) {
                        all[d] = Math.max(all[d], stack.alignment()[d]);
                    }
                }
            }
        }
        return all;
    }

    /** Takes what it shows of a block of an image's full resolution, which somebody read. */
    void add(ImageSource image, Block block) {
        for (Map<At, SliceStack> stacks : List.of(before, after, field)) {
            for (SliceStack stack : stacks.values()) {
                if (stack.source() == image) {
                    stack.add(block);
                }
            }
        }
    }

    /** Reads the levels that nobody else reads, and settles windows. */
    void finish(Execution execution) throws IOException {
        for (Map<At, SliceStack> stacks : List.of(before, after, field)) {
            for (SliceStack stack : stacks.values()) {
                boolean full = stack.source() == images.before()
                        || stack.source() == images.after()
                        || images.field()
                                .filter(image -> image == stack.source())
                                .isPresent();
                if (!full) {
                    stack.read(execution);
                }
            }
        }
        for (At at : before.keySet()) {
            windows.computeIfAbsent(at.channel, channel -> {
                List<Plane> planes = new ArrayList<>();
                before.keySet().stream().filter(one -> one.channel == channel).forEach(one -> {
                    sample(before.get(one), planes);
                    sample(after.get(one), planes);
                });
                return Window.ofPercentiles(planes, 0.5, 99.5);
            });
        }
        List<Plane> planes = new ArrayList<>();
        field.values().forEach(stack -> sample(stack, planes));
        ofField = Window.ofPercentiles(planes, 0, 100);
    }

    private void sample(SliceStack stack, List<Plane> planes) {
        for (Axis normal : normals) {
            int count = stack.count(normal);
            int step = Math.max(1, count / SAMPLE);
            for (int i = step / 2; i < count; i += step) {
                Plane plane = stack.plane(normal, i);
                planes.add(
                        plane.sized(Math.min(plane.width(), SAMPLE_PIXELS), Math.min(plane.height(), SAMPLE_PIXELS)));
            }
        }
    }

    /** Before and after in the middle of the first axis, small, as PNG in base64. */
    ObjectNode thumbnails() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        At first = before.keySet().iterator().next();
        json.put("before", thumbnail(before.get(first), images.before(), windows.get(first.channel)));
        json.put("after", thumbnail(after.get(first), images.after(), windows.get(first.channel)));
        return json;
    }

    private String thumbnail(SliceStack stack, ImageSource image, Window window) {
        Plane plane = stack.plane(normals.get(0), stack.count(normals.get(0)) / 2);
        int[] shape = plane.square(THUMBNAIL);
        return encoded(colours(image), window, plane.sized(shape[0], shape[1]));
    }

    private static ColourMap colours(ImageSource image) {
        return image.metadata().labels() ? ColourMap.labels() : ColourMap.grey();
    }

    private static String encoded(ColourMap colours, Window window, Plane plane) {
        return Base64.getEncoder().encodeToString(colours.paint(plane, window).png());
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

    private ObjectNode json(int size, int countOfOne) {
        int count = Math.max(Math.min(FEWEST, countOfOne), countOfOne / before.size());
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        geometry(all.putObject("axes"));
        ArrayNode views = all.putArray("views");
        List<At> ofFields = new ArrayList<>(field.keySet());
        for (At at : before.keySet()) {
            ObjectNode view = views.addObject();
            ImageMetadata metadata = images.before().metadata();
            if (metadata.indexOf(Axis.C) >= 0) {
                view.put("channel", at.channel);
                if (at.channel < metadata.channelNames().size()) {
                    view.put("name", metadata.channelNames().get((int) at.channel));
                }
            }
            if (metadata.indexOf(Axis.T) >= 0) {
                view.put("time", at.time);
            }
            Window window = windows.get(at.channel);
            view.set("before", slices(before.get(at), colours(images.before()), window, size, count));
            view.set("after", slices(after.get(at), colours(images.after()), window, size, count));
            if (!field.isEmpty()) {
                view.put("field", ofFields.indexOf(ofField(at)));
            }
        }
        ArrayNode fields = all.putArray("fields");
        for (SliceStack stack : field.values()) {
            fields.add(slices(stack, ColourMap.perceptual(), ofField, size, count));
        }
        return all;
    }

    /** Of each axis the letters at the sides of its slices, how long they are, and a scale bar as a part of the width. */
    private void geometry(ObjectNode json) {
        SliceStack stack = before.values().iterator().next();
        for (Axis normal : normals) {
            Plane plane = stack.plane(normal, 0);
            ObjectNode one = json.putObject(normal.symbol());
            plane.geometry()
                    .sides()
                    .ifPresent(sides -> one.putObject("sides")
                            .put("left", sides.left())
                            .put("right", sides.right())
                            .put("top", sides.top())
                            .put("bottom", sides.bottom()));
            one.put("ratio", plane.extentAcross() / plane.extentDown());
            int pixels = 1000;
            Optional<ScaleBar> bar =
                    ScaleBar.of(plane.extentAcross() / pixels, plane.geometry().unit(), pixels / 3);
            bar.ifPresent(scale -> one.putObject("scale")
                    .put("part", scale.pixels() / (double) pixels)
                    .put("text", scale.text()));
        }
    }

    private ObjectNode slices(SliceStack stack, ColourMap colours, Window window, int size, int most) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("low", window.low()).put("high", window.high());
        for (Axis normal : normals) {
            ArrayNode slices = json.putArray(normal.symbol());
            int there = stack.count(normal);
            int count = Math.min(most, there);
            for (int i = 0; i < count; i++) {
                Plane plane = stack.plane(normal, (2 * i + 1) * there / (2 * count));
                int[] shape = plane.square(size);
                slices.addObject()
                        .put("index", plane.position().index())
                        .put("place", plane.position().coordinate())
                        .put("unit", plane.position().unit())
                        .put("png", encoded(colours, window, plane.sized(shape[0], shape[1])));
            }
        }
        return json;
    }
}
