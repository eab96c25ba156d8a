package org.scaledimaging.engine.format.omezarr.collection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.web.WebFiles;
import org.scaledimaging.engine.zarr.store.FileStore;
import org.scaledimaging.engine.zarr.store.Json;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * The members of a group of several images. Its own metadata are read when it is made, those of wells when they are
 * asked for, and the images not at all.
 */
public final class CollectionLayout {
    static final String PLATE = "plate";
    static final String WELL = "well";
    static final String SERIES = "bioformats2raw.layout";
    static final String SERIES_GROUP = "OME";

    /** What kind of group it is. */
    public enum Kind {
        /** A plate of wells, which hold fields of view. */
        PLATE,
        /** A well of a plate. */
        WELL,
        /** Images that belong together for another reason, in bioformats2raw's layout 3. */
        SERIES;

        /** In a word, as in {@code plate}. */
        public String inWords() {
            return this == SERIES ? "collection" : name().toLowerCase(Locale.ROOT);
        }
    }

    private final ZarrStore store;
    private final String path;
    private final ImageLocation location;
    private final Kind kind;
    private final JsonNode json;
    private final List<String> parts;
    private final Optional<List<String>> names;

    private CollectionLayout(
            ZarrStore store, String path, ImageLocation location, Kind kind, JsonNode json, List<String> parts) {
        this(store, path, location, kind, json, parts, Optional.empty());
    }

    private CollectionLayout(
            ZarrStore store,
            String path,
            ImageLocation location,
            Kind kind,
            JsonNode json,
            List<String> parts,
            Optional<List<String>> names) {
        this.store = store;
        this.path = path;
        this.location = location;
        this.kind = kind;
        this.json = json;
        this.parts = parts;
        this.names = names;
    }

    /**
     * A file of another format that holds several images, as a collection.
     *
     * @param file whose images lie inside by their numbers, as {@code file.ome.tif/1}
     * @param names of these images, or empty texts
     */
    public static CollectionLayout ofFile(ImageLocation file, List<String> names) throws IOException {
        List<String> numbers =
                IntStream.range(0, names.size()).mapToObj(String::valueOf).toList();
        Path path = file instanceof ImageLocation.Remote address
                ? WebFiles.path(address)
                : file.path().orElseThrow();
        return new CollectionLayout(
                new FileStore(path.toAbsolutePath().getParent()),
                "",
                file,
                Kind.SERIES,
                MissingNode.getInstance(),
                numbers,
                Optional.of(names));
    }

    /**
     * Reads a group's own metadata.
     *
     * @param path of the group in the store; empty for its root
     * @param location of the group
     * @return nothing where it is none of several images
     * @throws ImageFormatException when its metadata are not as the specification wants them
     */
    public static Optional<CollectionLayout> read(ZarrStore store, String path, ImageLocation location)
            throws IOException {
        JsonNode ome = OmeAttributes.read(store, path);
        if (ome.path("multiscales").isArray()) {
            return Optional.empty();
        }
        if (ome.has(PLATE)) {
            List<String> wells = ListedPaths.of(ome.path(PLATE).path("wells"), "wells", store, path);
            return Optional.of(new CollectionLayout(store, path, location, Kind.PLATE, ome.path(PLATE), wells));
        }
        if (ome.has(WELL)) {
            List<String> fields = ListedPaths.of(ome.path(WELL).path("images"), "images", store, path);
            return Optional.of(new CollectionLayout(store, path, location, Kind.WELL, ome.path(WELL), fields));
        }
        if (!ome.has(SERIES)) {
            return Optional.empty();
        }
        List<String> series = ListedPaths.ofSeries(store, path);
        return series.isEmpty()
                ? Optional.empty()
                : Optional.of(new CollectionLayout(store, path, location, Kind.SERIES, ome, series));
    }

    /** Whether it is a plate, a well or a collection. */
    public Kind kind() {
        return kind;
    }

    /** The folder, zip file or address. */
    public ImageLocation location() {
        return location;
    }

    /** What the plate is called, else what its folder is. */
    public String name() {
        JsonNode name = json.path("name");
        return name.isTextual() && !name.asText().isBlank() ? name.asText() : location.name();
    }

    /** Paths of the wells of a plate, in the order that it lists them; none elsewhere. */
    public List<String> wells() {
        return kind == Kind.PLATE ? List.copyOf(parts) : List.of();
    }

    /** Acquisitions of a plate, by their numbers, with their names or empty texts; none elsewhere. */
    public Map<Long, String> acquisitions() {
        Map<Long, String> names = new LinkedHashMap<>();
        for (JsonNode acquisition : json.path("acquisitions")) {
            names.put(acquisition.path("id").asLong(), acquisition.path("name").asText(""));
        }
        return names;
    }

    /** The plate's own metadata. */
    JsonNode json() {
        return json;
    }

    /**
     * All images, in the order of wells and fields, or of series.
     *
     * @throws ImageFormatException when a well has no metadata
     */
    public List<Member> members() throws IOException {
        if (kind == Kind.SERIES) {
            List<String> listed = names.isPresent()
                    ? names.get()
                    : SeriesNames.read(store, Json.key(path, SERIES_GROUP + "/METADATA.ome.xml"));
            boolean known = listed.size() == parts.size();
            List<Member> members = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                String name = known ? listed.get(i) : nameOf(parts.get(i));
                members.add(member(
                        parts.get(i),
                        Optional.empty(),
                        i,
                        Optional.empty(),
                        Optional.of(name).filter(text -> !text.isBlank())));
            }
            return members;
        }
        if (kind == Kind.WELL) {
            return fields(this, "", Optional.empty());
        }
        List<Member> members = new ArrayList<>();
        for (String well : parts) {
            members.addAll(members(well));
        }
        return members;
    }

    /** What an image calls itself. */
    private String nameOf(String series) throws IOException {
        String name = OmeAttributes.read(store, Json.key(path, series))
                .at("/multiscales/0/name")
                .asText("");
        return name.equals("/") || name.equals(series) ? "" : name;
    }

    /**
     * The fields of a well of a plate, in the order that it lists them.
     *
     * @param well one of {@link #wells}
     * @throws ImageFormatException when the well has no metadata
     */
    public List<Member> members(String well) throws IOException {
        return fields(well(well), well + "/", Optional.of(well));
    }

    /** Looks whether the metadata that were read are still as they were. */
    public void checkUnchanged() throws IOException {
        store.checkUnchanged();
    }

    /** Whether a well that the plate lists is there. */
    public boolean isThere(String well) throws IOException {
        return OmeAttributes.read(store, Json.key(path, well)).has(WELL);
    }

    CollectionLayout well(String well) throws IOException {
        ImageLocation place = location.inside(well);
        return read(store, Json.key(path, well), place)
                .filter(layout -> layout.kind == Kind.WELL)
                .orElseThrow(() -> new ImageFormatException(
                        place, "no metadata of a well", "a well with a list of images, as the plate lists it"));
    }

    private List<Member> fields(CollectionLayout well, String prefix, Optional<String> name) throws IOException {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < well.parts.size(); i++) {
            JsonNode acquisition = well.json.path("images").path(i).path("acquisition");
            members.add(member(
                    prefix + well.parts.get(i),
                    name,
                    i,
                    acquisition.isIntegralNumber() ? Optional.of(acquisition.asLong()) : Optional.empty(),
                    Optional.empty()));
        }
        return members;
    }

    private Member member(
            String inside, Optional<String> well, int number, Optional<Long> acquisition, Optional<String> name)
            throws IOException {
        ImageLocation place = location.inside(inside);
        Optional<Path> folder = place.path().filter(Files::isDirectory);
        Optional<Path> root = location.path();
        if (folder.isPresent()
                && !folder.get().toRealPath().startsWith(root.orElseThrow().toRealPath())) {
            throw new ImageFormatException(place, "a link that leads out of " + location, "a folder inside");
        }
        return new Member(place, inside, well, number, acquisition, name);
    }

    /**
     * The image that is meant.
     *
     * @throws ParameterException when there is no such series, well or field, or these do not go with what this is
     * @throws ImageFormatException when several could be meant
     */
    public Member choose(ImageChoice choice) throws IOException, ParameterException {
        choice.check();
        return new Choosing(this, choice).member();
    }

    /**
     * The only image that there is.
     *
     * @throws ImageFormatException when there are several
     */
    public Member only() throws IOException {
        try {
            return choose(ImageChoice.NONE);
        } catch (ParameterException e) {
            throw new IllegalStateException("nothing was chosen", e);
        }
    }

    /** How many images there are; −1 where that takes a request for each well. */
    int count() throws IOException {
        if (kind != Kind.PLATE) {
            return parts.size();
        }
        int count = 0;
        for (String well : store.isRemote() ? List.<String>of() : parts) {
            count += isThere(well) ? members(well).size() : 0;
        }
        return store.isRemote() ? -1 : count;
    }

    /** How many images this is, for messages: {@code a collection of 3 images}. */
    public String holds() {
        String what = switch (kind) {
            case PLATE -> "well";
            case WELL -> "field";
            case SERIES -> "image";
        };
        return "a " + kind.inWords() + " of " + parts.size() + " " + what + (parts.size() == 1 ? "" : "s");
    }
}
