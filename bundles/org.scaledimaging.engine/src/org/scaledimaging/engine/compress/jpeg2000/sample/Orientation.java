package org.scaledimaging.engine.compress.jpeg2000.sample;

/** Subbands by the filters they come from: first along x, then along y; L is low-pass, H high-pass. */
public enum Orientation {
    /** What is left when all others are taken away. */
    LL(0, 0),
    /** Details along x. */
    HL(1, 0),
    /** Details along y. */
    LH(0, 1),
    /** Details along both. */
    HH(1, 1);

    private final int acrossHigh;
    private final int downHigh;

    Orientation(int acrossHigh, int downHigh) {
        this.acrossHigh = acrossHigh;
        this.downHigh = downHigh;
    }

    /** 1 where the filter along x was a high-pass, else 0. */
    public int x() {
        return acrossHigh;
    }

    /** The same along y. */
    public int y() {
        return downHigh;
    }

    /** By how many bits values can be larger than samples (table E.1). */
    public int gain() {
        return acrossHigh + downHigh;
    }
}
