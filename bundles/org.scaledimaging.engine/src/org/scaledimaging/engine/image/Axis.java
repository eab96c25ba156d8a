package org.scaledimaging.engine.image;

import java.util.Optional;

/** The axes an image can have, in canonical order (slowest varying first). */
public enum Axis {
    /** Time. */
    T("t", "time"),
    /** Channel. */
    C("c", "channel"),
    /** Depth. */
    Z("z", "space"),
    /** Height. */
    Y("y", "space"),
    /** Width. */
    X("x", "space");

    private final String symbol;
    private final String kind;

    Axis(String symbol, String kind) {
        this.symbol = symbol;
        this.kind = kind;
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
}
