package org.knime.core.node;

import java.io.IOException;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.IDataRepository;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.workflow.SingleNodeContainer.MemoryPolicy;

/** The means of a node while it is executed; file stores are folders in the node's handler's temporary folder. */
public class ExecutionContext extends ExecutionMonitor {
    private final Node node;

    public ExecutionContext(
            NodeProgressMonitor monitor, Node node, MemoryPolicy policy, IDataRepository dataRepository) {
        super(monitor);
        this.node = node;
    }

    public FileStore createFileStore(String relativePath) throws IOException {
        return node.getFileStoreHandler().createFileStore(relativePath);
    }

    public BufferedDataContainer createDataContainer(DataTableSpec spec) {
        return new BufferedDataContainer(spec);
    }
}
