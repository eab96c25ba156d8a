package org.knime.core.data;

import java.io.DataInput;

/** Signature only. */
public interface DataCellDataInput extends DataInput {}
