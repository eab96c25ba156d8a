package org.knime.core.node.port;

import java.io.IOException;
import javax.swing.JComponent;

/** Signature only. */
public interface PortObjectSpec {
    JComponent[] getViews();

    /** Signature only. */
    abstract class PortObjectSpecSerializer<T extends PortObjectSpec> {
        public abstract void savePortObjectSpec(T portObjectSpec, PortObjectSpecZipOutputStream out) throws IOException;

        public abstract T loadPortObjectSpec(PortObjectSpecZipInputStream in) throws IOException;
    }
}
