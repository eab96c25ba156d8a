package org.knime.core.data.renderer;

import org.knime.core.data.DataColumnSpec;

/** Signature only. */
public interface DataValueRendererFactory {
    String getDescription();

    String getId();

    DataValueRenderer createRenderer(DataColumnSpec colSpec);
}
