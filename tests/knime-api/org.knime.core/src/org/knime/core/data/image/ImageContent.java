package org.knime.core.data.image;

import org.knime.core.data.DataCell;

/** Signature only. */
public interface ImageContent {
    DataCell toImageCell();
}
