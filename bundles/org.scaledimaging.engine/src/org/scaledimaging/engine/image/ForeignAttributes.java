package org.scaledimaging.engine.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Attributes that others gave an OME-Zarr image and that mean nothing here. They go along with the image; what an operation
 * makes untrue is left out, and remembered; so is that nobody but their authors can tell whether the others still hold.
 * Immutable.
 */
public final class ForeignAttributes {
    /** Where attributes stand: under a name of their own for each place. */
    public enum Place {
        /** Those of the group, beside the specification's and ours. */
        GROUP(""),
        /** Those in {@code ome}, as version 0.5 has it. */
        OME("ome/"),
        /** Those of the first entry of {@code multiscales}. */
        MULTISCALE("multiscales/"),
        /** By the axis' letter, those of an entry of {@code axes}. */
        AXES("axes/"),
        /** Those in {@code image-label}: colours and properties of labels. */
        LABEL("image-label/"),
        /** Those of the array of the full resolution. */
        ARRAY("array/");

        private final String prefix;

        Place(String prefix) {
            this.prefix = prefix;
        }
    }

    /** In {@link Place#LABEL}: a list of objects, one for each label that something is said of. */
    public static final String PROPERTIES = "properties";
    /** In {@link Place#ARRAY}: names of axes, by their letters. */
    public static final String ARRAY_DIMENSIONS = "_ARRAY_DIMENSIONS";

    /** The label that an entry of properties or colours is about. */
    private static final String LABEL_VALUE = "label-value";

    /** What a number among properties of labels says that is none of their measures. */
    private static final Pattern IDENTITY = Pattern.compile(
            "(.*[^a-z])?(id|ids|class|type|category|parent|track|group|cluster|lineage|generation|label)");
    /** What tells of an image's values, not of labels. */
    private static final Pattern OF_VALUES =
            Pattern.compile(".*(intensity|mean|median|minimum|maximum|sum|std|deviation|signal|(^|_)(min|max)(_|$)).*");
    /** Directions of axes, by their order. */
    private static final List<String> DIRECTIONS = List.of("orientation", "xyz_orientation");

    private static final int MOST_NAMED = 12;

    private final ObjectNode parts;
    private final List<String> dropped;
    private final boolean uncertain;

    private ForeignAttributes(ObjectNode parts, List<String> dropped, boolean uncertain) {
        this.parts = parts;
        this.dropped = List.copyOf(dropped);
        this.uncertain = uncertain;
    }

    /** None yet. */
    public static ForeignAttributes none() {
        return new ForeignAttributes(JsonNodeFactory.instance.objectNode(), List.of(), false);
    }

    /** The same with others at a place, in place of those that are there. */
    public ForeignAttributes with(Place place, ObjectNode attributes) {
        ObjectNode all = JsonNodeFactory.instance.objectNode().setAll(parts);
        if (attributes.isEmpty()) {
            all.remove(place.name());
        } else {
            all.set(place.name(), attributes.deepCopy());
        }
        return new ForeignAttributes(all, dropped, uncertain);
    }

    /** The same, some attributes being left out: as they are called in {@link #notices}. */
    public ForeignAttributes leftOut(List<String> names) {
        Set<String> all = new LinkedHashSet<>(dropped);
        all.addAll(names);
        return new ForeignAttributes(parts, List.copyOf(all), uncertain);
    }

    /** What is at a place; empty where nothing is. */
    public ObjectNode at(Place place) {
        return parts.path(place.name()) instanceof ObjectNode found
                ? found.deepCopy()
                : JsonNodeFactory.instance.objectNode();
    }

    boolean saysSomething() {
        return !parts.isEmpty() || !dropped.isEmpty();
    }

    /** What holds of an image with other values in the same place. */
    ForeignAttributes withOtherValues() {
        return new ForeignAttributes(parts, dropped, true);
    }

    /** What holds of labels beside an image whose values became others: no number that tells of these. */
    public ForeignAttributes besideOtherValues() {
        return withoutProperties(OF_VALUES, true);
    }

    /** What holds where values are no labels any more. */
    ForeignAttributes withoutLabels() {
        if (!parts.has(Place.LABEL.name())) {
            return this;
        }
        List<String> names = names(Place.LABEL);
        return with(Place.LABEL, JsonNodeFactory.instance.objectNode()).leftOut(names);
    }

    /** Without an attribute at a place, which is remembered as left out where it was there. */
    public ForeignAttributes without(Place place, String name) {
        ObjectNode others = at(place);
        return others.remove(name) == null ? this : with(place, others).leftOut(List.of(place.prefix + name));
    }

    /** What holds once axes are others, or have other lengths. */
    ForeignAttributes between(List<Dimension> before, List<Dimension> after) {
        ForeignAttributes result = this;
        if (!spatial(before).equals(spatial(after))) {
            for (String name : DIRECTIONS) {
                result = result.without(Place.GROUP, name);
            }
        }
        boolean same = before.stream()
                .allMatch(dimension -> after.stream()
                        .anyMatch(other -> other.axis() == dimension.axis() && other.length() == dimension.length()));
        return same && before.size() == after.size()
                ? result
                : result.withoutProperties(IDENTITY, false).withOtherValues();
    }

    private static List<Axis> spatial(List<Dimension> dimensions) {
        return dimensions.stream().map(Dimension::axis).filter(Axis::isSpatial).toList();
    }

    /** Leaves out numbers among the properties of labels: those of which the name fits a pattern, or does not. */
    private ForeignAttributes withoutProperties(Pattern pattern, boolean fitting) {
        ObjectNode label = at(Place.LABEL);
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode entry : label.path(PROPERTIES)) {
            if (entry instanceof ObjectNode properties) {
                List<String> untrue = new ArrayList<>();
                properties.fields().forEachRemaining(property -> {
                    String name = property.getKey();
                    boolean fits =
                            pattern.matcher(name.toLowerCase(Locale.ROOT)).matches();
                    boolean measured = property.getValue().isNumber()
                            || property.getValue().isArray()
                            || property.getValue().isObject();
                    if (measured && !name.equals(LABEL_VALUE) && fits == fitting) {
                        untrue.add(name);
                    }
                });
                properties.remove(untrue);
                untrue.forEach(name -> names.add(Place.LABEL.prefix + PROPERTIES + "/" + name));
            }
        }
        return names.isEmpty() ? this : with(Place.LABEL, label).leftOut(List.copyOf(names));
    }

    /** Sentences about what was left out, and about what is kept though the image changed. */
    public List<String> notices() {
        List<String> sentences = new ArrayList<>();
        if (!dropped.isEmpty()) {
            sentences.add("Left out of the attributes, for it no longer holds: " + listed(dropped) + ".");
        }
        List<String> kept = new ArrayList<>();
        for (Place place : List.of(Place.GROUP, Place.OME, Place.MULTISCALE, Place.ARRAY)) {
            kept.addAll(names(place));
        }
        kept.removeAll(DIRECTIONS);
        kept.remove(Place.ARRAY.prefix + ARRAY_DIMENSIONS);
        if (uncertain && !kept.isEmpty()) {
            sentences.add(
                    "Kept among the attributes, though the image was changed and only who wrote them knows whether"
                            + " they still hold: " + listed(kept) + ".");
        }
        return sentences;
    }

    /** A sentence about what a file of a format that has no place for them lacks; nothing where there are none. */
    public Optional<String> lost() {
        List<String> lost = new ArrayList<>();
        for (Place place : Place.values()) {
            lost.addAll(names(place));
        }
        lost.remove(Place.ARRAY.prefix + ARRAY_DIMENSIONS);
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "The format has no place for the image's attributes that other programs wrote, which are left"
                                + " out: " + listed(lost) + ".");
    }

    private List<String> names(Place place) {
        List<String> names = new ArrayList<>();
        parts.path(place.name()).fieldNames().forEachRemaining(name -> names.add(place.prefix + name));
        return names;
    }

    private static String listed(List<String> names) {
        int more = names.size() - MOST_NAMED;
        return String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())))
                + Optional.of(" and " + more + " more").filter(text -> more > 0).orElse("");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ForeignAttributes that
                && parts.equals(that.parts)
                && dropped.equals(that.dropped)
                && uncertain == that.uncertain;
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return parts.toString();
    }
}
