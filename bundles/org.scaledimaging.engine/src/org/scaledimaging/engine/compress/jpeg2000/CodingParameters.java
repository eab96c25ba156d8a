package org.scaledimaging.engine.compress.jpeg2000;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scaledimaging.engine.compress.CorruptDataException;

/** The coding parameters of components, from marker segments of the main header or of a tile's (A.6). */
final class CodingParameters {
    private static final int CODING_STYLE = 0xFF52;
    private static final int COMPONENT_STYLE = 0xFF53;
    private static final int QUANTIZATION = 0xFF5C;
    private static final int COMPONENT_QUANTIZATION = 0xFF5D;
    private static final int REGION_OF_INTEREST = 0xFF5E;
    private static final int PROGRESSION_CHANGE = 0xFF5F;
    private static final int NARROW_COMPONENTS = 256;
    private static final int MOST_CHANGES = 256;

    private final CodingStyle[] styles;
    private final boolean[] hasStyle;
    private final Quantization[] quantizations;
    private final boolean[] hasQuantization;
    private final int[] shifts;
    private Progression.Order order = Progression.Order.LRCP;
    private int layers;
    private boolean transformed;
    private List<Progression> inherited = List.of();
    private final List<Progression> changes = new ArrayList<>();

    CodingParameters(int components) {
        this.styles = new CodingStyle[components];
        this.hasStyle = new boolean[components];
        this.quantizations = new Quantization[components];
        this.hasQuantization = new boolean[components];
        this.shifts = new int[components];
    }

    /** Those of a tile before its own header. */
    CodingParameters ofTile() {
        CodingParameters tile = new CodingParameters(styles.length);
        System.arraycopy(styles, 0, tile.styles, 0, styles.length);
        System.arraycopy(quantizations, 0, tile.quantizations, 0, styles.length);
        System.arraycopy(shifts, 0, tile.shifts, 0, styles.length);
        tile.order = order;
        tile.layers = layers;
        tile.transformed = transformed;
        tile.inherited = changes;
        return tile;
    }

    /** Takes a marker segment, if it is one of these. */
    void read(int marker, SegmentReader segment) throws CorruptDataException {
        switch (marker) {
            case CODING_STYLE -> {
                int kind = segment.number8();
                order = Progression.Order.of(segment.number8());
                layers = segment.number16();
                int transform = segment.number8();
                if (layers == 0 || transform > 1) {
                    throw new CorruptDataException(
                            layers + " layers and component transform " + transform + " in JPEG 2000",
                            "at least 1 layer, and transform 0 or 1");
                }
                transformed = transform == 1;
                CodingStyle style = CodingStyle.of(segment, (kind & 1) != 0);
                for (int i = 0; i < styles.length; i++) {
                    styles[i] = hasStyle[i] ? styles[i] : style;
                }
            }
            case COMPONENT_STYLE -> {
                int component = component(segment);
                boolean hasPrecincts = (segment.number8() & 1) != 0;
                styles[component] = CodingStyle.of(segment, hasPrecincts);
                hasStyle[component] = true;
            }
            case QUANTIZATION -> {
                Quantization quantization = Quantization.of(segment);
                for (int i = 0; i < quantizations.length; i++) {
                    quantizations[i] = hasQuantization[i] ? quantizations[i] : quantization;
                }
            }
            case COMPONENT_QUANTIZATION -> {
                int component = component(segment);
                quantizations[component] = Quantization.of(segment);
                hasQuantization[component] = true;
            }
            case REGION_OF_INTEREST -> {
                int component = component(segment);
                int kind = segment.number8();
                int shift = segment.number8();
                if (kind != 0 || shift > 37) {
                    throw new CorruptDataException(
                            "a JPEG 2000 region of interest of kind " + kind + " with a shift of " + shift,
                            "kind 0 and at most 37");
                }
                shifts[component] = shift;
            }
            case PROGRESSION_CHANGE -> {
                int size = isWide() ? 9 : 7;
                while (segment.left() >= size) {
                    if (changes.size() == MOST_CHANGES) {
                        throw new CorruptDataException(
                                "more than " + MOST_CHANGES + " changes of JPEG 2000 progression", "at most that many");
                    }
                    changes.add(Progression.of(segment, isWide()));
                }
            }
            default -> {}
        }
    }

    private boolean isWide() {
        return styles.length > NARROW_COMPONENTS;
    }

    private int component(SegmentReader segment) throws CorruptDataException {
        int component = isWide() ? segment.number16() : segment.number8();
        if (component >= styles.length) {
            throw new CorruptDataException(
                    "JPEG 2000 parameters of component " + component, "one below " + styles.length);
        }
        return component;
    }

    /** Looks whether all is there that has to be. */
    void check() throws CorruptDataException {
        if (Arrays.asList(styles).contains(null) || Arrays.asList(quantizations).contains(null) || layers == 0) {
            throw new CorruptDataException(
                    "a JPEG 2000 header without coding style or quantization", "those of all components");
        }
    }

    CodingStyle style(int component) {
        return styles[component];
    }

    Quantization quantization(int component) {
        return quantizations[component];
    }

    int shift(int component) {
        return shifts[component];
    }

    int layers() {
        return layers;
    }

    /** Whether the first three components are transformed together. */
    boolean transformed() {
        return transformed && styles.length >= 3;
    }

    /** The orders of a tile's packets, one after the other. */
    List<Progression> progressions() {
        List<Progression> said = changes.isEmpty() ? inherited : changes;
        List<Progression> all = new ArrayList<>(said);
        all.add(Progression.all(order, layers));
        return all;
    }
}
