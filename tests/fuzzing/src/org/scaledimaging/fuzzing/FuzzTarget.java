package org.scaledimaging.fuzzing;

import java.util.List;

/** Something that reads what others wrote. */
interface FuzzTarget {

    /** Sound inputs to start from. */
    List<byte[]> seeds() throws Exception;

    /**
     * Reads an input, sound or not, and looks at what comes of it.
     *
     * @throws Throwable anything thrown is a fault of ours: refusals are expected and looked at in here
     */
    void run(byte[] input) throws Throwable;
}
