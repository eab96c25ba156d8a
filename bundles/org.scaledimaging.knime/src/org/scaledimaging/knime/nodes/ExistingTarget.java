package org.scaledimaging.knime.nodes;

import org.knime.node.parameters.widget.choices.Label;

/** What happens to a file or folder that is there already. Names are kept in workflows: they stay. */
enum ExistingTarget {
    @Label("Fail")
    FAIL,
    @Label("Overwrite")
    OVERWRITE;

    boolean overwrite() {
        return this == OVERWRITE;
    }
}
