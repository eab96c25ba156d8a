package org.scaledimaging.engine.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The header fields of a NIfTI file besides axes, type and frame: JSON with one entry per field that says something,
 * under NIfTI's names. It goes along with the image; what an operation makes untrue is left out, and remembered.
 * Immutable.
 */
public final class HeaderFields {
    /** Which axis of an image of length 1 or none there is time, and how long: kept for an image without that axis. */
    public static final String TOFFSET = "toffset";
    /** The code of {@code intent_code}; its parameters and name follow it. */
    public static final String INTENT_CODE = "intent_code";
    /** The three parameters of the intent. */
    public static final String INTENT_P = "intent_p";
    /** The name of the intent. */
    public static final String INTENT_NAME = "intent_name";
    /** The axes of frequency, phase and slices, two bits each, from the lowest. */
    public static final String DIM_INFO = "dim_info";
    /** The order of slices. */
    public static final String SLICE_CODE = "slice_code";
    /** The last slice that {@link #SLICE_CODE} speaks of. */
    public static final String SLICE_END = "slice_end";
    /** The upper end of the display window. */
    public static final String CAL_MAX = "cal_max";
    /** The lower end of the display window. */
    public static final String CAL_MIN = "cal_min";
    /** Extensions of others: objects of {@link #ECODE} and {@link #DATA}. */
    public static final String EXTENSIONS = "extensions";
    /** The code of an extension. */
    public static final String ECODE = "ecode";
    /** The content of an extension, in Base64. */
    public static final String DATA = "data";
    /** Present and true where the file does not say how the image lies. */
    public static final String UNORIENTED = "unoriented";
    /** NIfTI's axis that held the channels: 4, 5, or 0 where they are the colours of a voxel. */
    public static final String CHANNEL_AXIS = "channel_axis";

    private static final List<String> SLICES = List.of(SLICE_CODE, "slice_start", SLICE_END, "slice_duration");
    private static final List<String> INTENT = List.of(INTENT_CODE, INTENT_P, INTENT_NAME);

    /** The intents that say what the components of a vector are. */
    private static final Set<Integer> VECTORS = Set.of(1004, 1005, 1006, 1007, 2003, 2004);

    /** Extensions that speak of voxels, in number or value: AFNI's and CIFTI's. */
    private static final Set<Integer> ABOUT_VOXELS = Set.of(4, 32);

    private final ObjectNode fields;
    private final List<String> dropped;

    private HeaderFields(ObjectNode fields, List<String> dropped) {
        this.fields = fields;
        this.dropped = List.copyOf(dropped);
    }

    /** @param fields as the class comment says; entries of other names and kinds are passed on, and not used */
    public static HeaderFields of(ObjectNode fields) {
        return new HeaderFields(fields.deepCopy(), List.of());
    }

    /** A field; missing where the header says nothing. */
    public JsonNode get(String name) {
        return fields.path(name).deepCopy();
    }

    /** All fields. */
    public ObjectNode json() {
        return fields.deepCopy();
    }

    /** Whether there is a field, or one that was left out. */
    boolean saysSomething() {
        return !fields.isEmpty() || !dropped.isEmpty();
    }

    /** The names of fields that no longer hold and are left out. */
    public List<String> dropped() {
        return dropped;
    }

    /** A sentence about {@link #dropped}; nothing where all fields hold. */
    public Optional<String> notice() {
        return dropped.isEmpty()
                ? Optional.empty()
                : Optional.of("Left out of the header, for it no longer holds: " + String.join(", ", dropped) + ".");
    }

    /** What holds of an image with other values in the same place. */
    HeaderFields withOtherValues() {
        List<String> untrue = new ArrayList<>(INTENT);
        untrue.add(CAL_MIN);
        untrue.add(CAL_MAX);
        return without(untrue).withoutExtensions();
    }

    /** What holds once axes have other lengths. */
    HeaderFields between(List<Dimension> before, List<Dimension> after) {
        HeaderFields result = this;
        boolean moved = false;
        for (Axis axis : Axis.values()) {
            if (length(before, axis) == length(after, axis)) {
                continue;
            }
            if (axis == Axis.C) {
                result = VECTORS.contains(fields.path(INTENT_CODE).asInt()) ? result.without(INTENT) : result;
            } else {
                moved = true;
            }
            if (axis.isSpatial() && Axis.X.ordinal() - axis.ordinal() == sliceAxis()) {
                result = result.without(SLICES);
            }
        }
        return moved ? result.withoutExtensions() : result;
    }

    private static long length(List<Dimension> dimensions, Axis axis) {
        return dimensions.stream()
                .filter(dimension -> dimension.axis() == axis)
                .mapToLong(Dimension::length)
                .findFirst()
                .orElse(1);
    }

    /** Along which of x, y, z (0, 1, 2) the slices lie: along z where that is not said. */
    private int sliceAxis() {
        int said = fields.path(DIM_INFO).asInt() >> 4 & 3;
        return said == 0 ? 2 : said - 1;
    }

    private HeaderFields without(List<String> names) {
        List<String> present = names.stream().filter(fields::has).toList();
        if (present.isEmpty()) {
            return this;
        }
        ObjectNode left = fields.deepCopy().remove(present);
        List<String> all = new ArrayList<>(dropped);
        all.addAll(present);
        return new HeaderFields(left, all);
    }

    private HeaderFields withoutExtensions() {
        JsonNode extensions = fields.path(EXTENSIONS);
        ObjectNode left = fields.deepCopy();
        ArrayNode kept = left.putArray(EXTENSIONS);
        List<String> all = new ArrayList<>(dropped);
        for (JsonNode extension : extensions) {
            if (ABOUT_VOXELS.contains(extension.path(ECODE).asInt())) {
                all.add("an extension of " + (extension.path(ECODE).asInt() == 4 ? "AFNI" : "CIFTI"));
            } else {
                kept.add(extension.deepCopy());
            }
        }
        if (kept.isEmpty()) {
            left.remove(EXTENSIONS);
        }
        return kept.size() == extensions.size() ? this : new HeaderFields(left, all);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeaderFields that && fields.equals(that.fields) && dropped.equals(that.dropped);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
