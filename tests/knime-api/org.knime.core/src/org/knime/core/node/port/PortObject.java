package org.knime.core.node.port;

import java.io.IOException;
import javax.swing.JComponent;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

/** Signature only. */
public interface PortObject {
    String getSummary();

    PortObjectSpec getSpec();

    JComponent[] getViews();

    /** Signature only. */
    abstract class PortObjectSerializer<T extends PortObject> {
        public abstract void savePortObject(T portObject, PortObjectZipOutputStream out, ExecutionMonitor monitor)
                throws IOException, CanceledExecutionException;

        public abstract T loadPortObject(PortObjectZipInputStream in, PortObjectSpec spec, ExecutionMonitor monitor)
                throws IOException, CanceledExecutionException;
    }
}
