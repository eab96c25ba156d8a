package org.scaledimaging.spark;

import java.io.Serializable;

/**
 * What came of a task.
 *
 * @param blocks what it yielded, as bytes
 * @param refusal why it cannot be done, by anybody; null if it was: what may succeed elsewhere or later is thrown instead
 */
record Outcome(byte[] blocks, Exception refusal) implements Serializable {
    private static final long serialVersionUID = 1L;
}
