package org.scaledimaging.cli.serve.page;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.scaledimaging.cli.serve.Session;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.picture.Slices;

/**
 * What the page and the server show of a live correction: source, corrected and field under their names, and each version
 * under names of its own, so that nothing stale is in any cache.
 */
public final class ShownImages {
    public static final String SOURCE = "source";
    public static final String CORRECTED = "corrected";
    public static final String FIELD = "field";

    private final LiveCorrection live;
    private final Session session;
    private final Function<Image, Image> output;
    private final Function<LiveCorrection.Version, String> command;
    private final ShownWindows windows = new ShownWindows();
    private final Deque<LiveCorrection.Version> versions = new ArrayDeque<>(); // newest first

    /**
     * Puts the images into a session.
     *
     * @param output makes of a corrected image what is served: another pixel type
     * @param command the command line that writes a version
     */
    public ShownImages(
            LiveCorrection live,
            Session session,
            Function<Image, Image> output,
            Function<LiveCorrection.Version, String> command)
            throws IOException, ParameterException {
        this.live = live;
        this.session = session;
        this.output = output;
        this.command = command;
        put(live.current());
    }

    LiveCorrection live() {
        return live;
    }

    String command(LiveCorrection.Version version) {
        return command.apply(version);
    }

    /** Redoes the estimate with other parameters and shows what it gives. */
    LiveCorrection.Version change(List<Map<String, String>> parameters, boolean preliminary)
            throws IOException, ParameterException {
        LiveCorrection.Version version = live.change(parameters, preliminary);
        put(version);
        return version;
    }

    private synchronized void put(LiveCorrection.Version version) throws IOException, ParameterException {
        if (!versions.isEmpty() && version.number() < versions.getFirst().number()) {
            return; // another change was quicker
        }
        versions.addFirst(version);
        if (versions.size() > LiveCorrection.KEPT_VERSIONS) {
            LiveCorrection.Version old = versions.removeLast();
            session.remove(name(CORRECTED, old));
            session.remove(name(FIELD, old));
        }
        Image corrected = output.apply(version.corrected());
        session.put(CORRECTED, corrected);
        session.put(name(CORRECTED, version), corrected);
        session.put(FIELD, version.field());
        session.put(name(FIELD, version), version.field());
    }

    private static String name(String image, LiveCorrection.Version version) {
        return image + "-" + version.number();
    }

    /** Where the server has the images of a version. */
    Map<String, Object> paths(LiveCorrection.Version version) {
        Map<String, Object> paths = new LinkedHashMap<>();
        paths.put(SOURCE, "/" + SOURCE + ".ome.zarr");
        paths.put(CORRECTED, "/" + name(CORRECTED, version) + ".ome.zarr");
        paths.put(FIELD, "/" + name(FIELD, version) + ".ome.zarr");
        return paths;
    }

    /** @throws ParameterException when there is no such image, or the version is gone */
    ImageSource image(String name, int number) throws ParameterException {
        if (name.equals(SOURCE)) {
            return live.source();
        }
        LiveCorrection.Version version = live.version(number)
                .orElseThrow(
                        () -> new ParameterException("version", number, "the newest, or one of those just before"));
        return switch (name) {
            case CORRECTED -> version.corrected().source();
            case FIELD -> version.field().source();
            default -> throw new ParameterException("image", name, SOURCE + ", " + CORRECTED + " or " + FIELD);
        };
    }

    /** Of a field with several channels for each of the image, the first. */
    long fieldChannel(ImageSource field, long channel) {
        return channel
                * (Slices.of(field).length(Axis.C) / Slices.of(live.source()).length(Axis.C));
    }

    /** From which value to which each image is shown, unless the user sets another window. */
    Map<String, List<Double>> windows(LiveCorrection.Version version, long channel)
            throws IOException, ParameterException {
        Map<String, List<Double>> found = new LinkedHashMap<>();
        for (String name : List.of(SOURCE, CORRECTED, FIELD)) {
            String key = name.equals(SOURCE) ? name : name(name, version);
            ImageSource image = image(name, version.number());
            long its = name.equals(FIELD) ? fieldChannel(image, channel) : channel;
            found.put(name, windows.of(key + "/" + channel, image, its));
        }
        return found;
    }
}
