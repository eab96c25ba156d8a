package org.scaledimaging.engine.image;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The axes an image can have, in canonical order (slowest varying first). */
public enum Axis {
    /** Time. */
    T("t", "time", "time", "times", "timepoint", "frame", "frames"),
    /** Channel. */
    C("c", "channel", "channel", "channels", "ch", "band", "bands"),
    /** Depth. */
    Z("z", "space", "depth", "slice", "slices", "plane", "planes"),
    /** Height. */
    Y("y", "space", "row", "rows", "height"),
    /** Width. */
    X("x", "space", "column", "columns", "col", "width");

    private final String symbol;
    private final String kind;
    private final List<String> words;

    Axis(String symbol, String kind, String... words) {
        this.symbol = symbol;
        this.kind = kind;
        this.words = List.of(words);
    }

    /** The one-letter name: {@code t c z y x}. */
    public String symbol() {
        return symbol;
    }

    /** The OME-NGFF axis type: {@code time}, {@code channel} or {@code space}. */
    public String kind() {
        return kind;
    }

    /** Whether it is z, y or x. */
    public boolean isSpatial() {
        return this == Z || this == Y || this == X;
    }

    /** The axis of that one-letter name, upper or lower case. */
    public static Optional<Axis> ofSymbol(String symbol) {
        for (Axis axis : values()) {
            if (axis.symbol.equalsIgnoreCase(symbol)) {
                return Optional.of(axis);
            }
        }
        return Optional.empty();
    }

    /** The axis that people give that name, a letter or a word such as {@code time}, upper or lower case. */
    public static Optional<Axis> ofName(String name) {
        for (Axis axis : values()) {
            if (axis.words.contains(name.toLowerCase(Locale.ROOT))) {
                return Optional.of(axis);
            }
        }
        return ofSymbol(name);
    }
}
