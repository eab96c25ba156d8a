package org.knime.core.node.port.image;

import javax.swing.JComponent;
import org.knime.core.data.DataCell;
import org.knime.core.data.image.ImageContent;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;

/** A picture at a port. */
public class ImagePortObject implements PortObject {
    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(ImagePortObject.class);

    private final ImageContent content;
    private final ImagePortObjectSpec spec;

    public ImagePortObject(ImageContent content, ImagePortObjectSpec spec) {
        this.content = content;
        this.spec = spec;
    }

    public DataCell toDataCell() {
        return content.toImageCell();
    }

    @Override
    public String getSummary() {
        return "";
    }

    @Override
    public ImagePortObjectSpec getSpec() {
        return spec;
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }
}
