package org.scaledimaging.spark;

import java.io.Serializable;
import java.util.ArrayList;
import org.scaledimaging.engine.execute.Notice;

/**
 * The outcome of a task.
 *
 * @param blocks what it yielded, as bytes
 * @param notices what it told
 * @param refusal why it cannot be done, by anybody; null if it was: what may succeed elsewhere or later is thrown instead
 */
record Outcome(byte[] blocks, ArrayList<Notice> notices, Exception refusal) implements Serializable {
    private static final long serialVersionUID = 1L;
}
