package org.knime.core.node.port.image;

import org.knime.core.data.DataType;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;

/** Signature only. */
public final class ImagePortObjectSpec extends AbstractSimplePortObjectSpec {
    private final DataType dataType;

    public ImagePortObjectSpec(DataType type) {
        dataType = type;
    }

    public DataType getDataType() {
        return dataType;
    }

    @Override
    protected void save(ModelContentWO model) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void load(ModelContentRO model) {
        throw new UnsupportedOperationException();
    }
}
