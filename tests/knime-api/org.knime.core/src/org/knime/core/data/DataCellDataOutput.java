package org.knime.core.data;

import java.io.DataOutput;

/** Signature only. */
public interface DataCellDataOutput extends DataOutput {}
