package org.scaledimaging.cli.serve.page;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.scaledimaging.cli.serve.Session;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.picture.LabelsOver;
import org.scaledimaging.engine.picture.plane.Slices;

/**
 * The images that page and server show: source, corrected and field under their names. Of a live correction each
 * version is under names of its own, too, so that nothing stale is in any cache; other images are to look at only.
 */
public final class ShownImages {
    public static final String SOURCE = "source";
    public static final String CORRECTED = "corrected";
    public static final String FIELD = "field";

    private final Optional<Tried> tried;
    private final Map<String, Image> fixed;
    private final String note;
    private final ShownWindows windows = new ShownWindows();
    private final Map<String, LabelsOver> labels = new LinkedHashMap<>();

    /** A live correction, where its results go, and how they are written. */
    private record Tried(
            LiveCorrection live,
            Session session,
            Output output,
            Function<LiveCorrection.Version, String> command,
            Deque<LiveCorrection.Version> versions) {} // newest first

    /** Makes of a corrected image what is served: another pixel type. */
    @FunctionalInterface
    public interface Output {
        Image of(Image corrected) throws ParameterException;
    }

    private ShownImages(Optional<Tried> tried, Map<String, Image> fixed, String note) {
        this.tried = tried;
        this.fixed = fixed;
        this.note = note;
    }

    /**
     * A correction whose parameters change; puts its images into a session.
     *
     * @param output makes of a corrected image what is served: another pixel type
     * @param command the command line that writes a version; empty where there is none
     */
    public static ShownImages of(
            LiveCorrection live, Session session, Output output, Function<LiveCorrection.Version, String> command)
            throws IOException, ParameterException {
        Tried tried = new Tried(live, session, output, command, new ArrayDeque<>());
        ShownImages shown = new ShownImages(Optional.of(tried), Map.of(), "");
        shown.put(tried, live.current());
        return shown;
    }

    /**
     * Images to look at only.
     *
     * @param images by their names, the source or what was made of it or both, of one shape
     * @param note that says why, a sentence
     */
    public static ShownImages toLookAt(Map<String, Image> images, String note) {
        return new ShownImages(Optional.empty(), new LinkedHashMap<>(images), note);
    }

    /**
     * The same with label images that may be laid over what is shown, as far as they have as many voxels.
     *
     * @param all by the names under which the server has them
     */
    public ShownImages withLabels(Map<String, Image> all) {
        all.forEach((name, image) -> {
            if (LabelsOver.fit(image.metadata(), first().metadata())) {
                labels.put(name, LabelsOver.of(image.source(), first().metadata()));
            }
        });
        return this;
    }

    /** Label images that may be laid over, where the server has them. */
    Map<String, Object> labels() {
        Map<String, Object> paths = new LinkedHashMap<>();
        labels.keySet().forEach(name -> paths.put(name, "/" + name + ".ome.zarr"));
        return paths;
    }

    /** @throws ParameterException when there are none of that name */
    LabelsOver labels(String name) throws ParameterException {
        if (!labels.containsKey(name)) {
            throw new ParameterException(
                    "labels", Given.shown(name), labels.isEmpty() ? "none" : String.join(" or ", labels.keySet()));
        }
        return labels.get(name);
    }

    Optional<LiveCorrection> live() {
        return tried.map(Tried::live);
    }

    /** The newest version; nothing of images to look at only. */
    Optional<LiveCorrection.Version> current() {
        return tried.map(known -> known.live().current());
    }

    /** What is to be said of what is shown; empty for nothing. */
    String note() {
        return note;
    }

    /** The images that there are, by name, the source first where it is one of them. */
    List<String> names() {
        return Stream.of(SOURCE, CORRECTED, FIELD)
                .filter(name -> tried.isPresent() || fixed.containsKey(name))
                .toList();
    }

    /** The image whose axes count: the first of them. */
    ImageSource first() {
        return tried.isPresent()
                ? tried.get().live().source()
                : fixed.get(names().get(0)).source();
    }

    String command(LiveCorrection.Version version) {
        return tried.map(known -> known.command().apply(version)).orElse("");
    }

    /** Redoes the estimate of a live correction with other parameters and shows what it gives. */
    LiveCorrection.Version change(List<Map<String, String>> parameters, boolean preliminary)
            throws IOException, ParameterException {
        Tried known = tried.orElseThrow();
        LiveCorrection.Version version = known.live().change(parameters, preliminary);
        put(known, version);
        return version;
    }

    private synchronized void put(Tried known, LiveCorrection.Version version) throws IOException, ParameterException {
        Deque<LiveCorrection.Version> versions = known.versions();
        if (!versions.isEmpty() && version.number() < versions.getFirst().number()) {
            return; // another change was quicker
        }
        versions.addFirst(version);
        Session session = known.session();
        if (versions.size() > LiveCorrection.KEPT_VERSIONS) {
            LiveCorrection.Version old = versions.removeLast();
            session.remove(name(CORRECTED, old.number()));
            session.remove(name(FIELD, old.number()));
        }
        Image corrected = known.output().of(version.corrected());
        session.put(CORRECTED, corrected);
        session.put(name(CORRECTED, version.number()), corrected);
        session.put(FIELD, version.field());
        session.put(name(FIELD, version.number()), version.field());
    }

    private static String name(String image, int version) {
        return image + "-" + version;
    }

    /** Where the server has the images of a version. */
    Map<String, Object> paths(int version) {
        Map<String, Object> paths = new LinkedHashMap<>();
        for (String name : names()) {
            boolean changes = tried.isPresent() && !name.equals(SOURCE);
            paths.put(name, "/" + (changes ? name(name, version) : name) + ".ome.zarr");
        }
        return paths;
    }

    /**
     * An image; of one that is shown in another pixel type, the one before that.
     *
     * @param number of the version
     * @throws ParameterException when there is no such image, or the version is gone
     */
    ImageSource image(String name, int number) throws ParameterException {
        if (!names().contains(name)) {
            throw new ParameterException("image", Given.shown(name), String.join(" or ", names()));
        }
        if (tried.isEmpty()) {
            return fixed.get(name).source();
        }
        LiveCorrection live = tried.get().live();
        if (name.equals(SOURCE)) {
            return live.source();
        }
        LiveCorrection.Version version = live.version(number)
                .orElseThrow(() -> new ParameterException(
                        "version", Given.shown(number), "the newest, or one of those just before"));
        return name.equals(CORRECTED)
                ? version.corrected().source()
                : version.field().source();
    }

    /** Of a field with several channels for each of the image, the first. */
    long fieldChannel(ImageSource field, long channel) {
        return channel * (Slices.of(field).length(Axis.C) / Slices.of(first()).length(Axis.C));
    }

    /** From which value to which each image is shown, unless the user sets another window. */
    Map<String, List<Double>> windows(int version, long channel) throws IOException, ParameterException {
        Map<String, List<Double>> found = new LinkedHashMap<>();
        for (String name : names()) {
            String key = name.equals(SOURCE) ? name : name(name, version);
            ImageSource image = image(name, version);
            long its = name.equals(FIELD) ? fieldChannel(image, channel) : channel;
            found.put(name, windows.of(key + "/" + channel, image, its));
        }
        return found;
    }
}
