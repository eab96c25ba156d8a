package org.knime.core.data.renderer;

import java.awt.Component;
import java.awt.Dimension;
import javax.swing.JComponent;

/** Signature only. */
public abstract class AbstractPainterDataValueRenderer extends JComponent implements DataValueRenderer {
    private static final long serialVersionUID = 1;

    public AbstractPainterDataValueRenderer() {}

    public String getDescription() {
        return "Default";
    }

    protected abstract void setValue(Object value);

    public Component getRendererComponent(Object val) {
        setValue(val);
        return this;
    }

    public Dimension getPreferredSize(Dimension viewPortDimension) {
        return viewPortDimension;
    }
}
