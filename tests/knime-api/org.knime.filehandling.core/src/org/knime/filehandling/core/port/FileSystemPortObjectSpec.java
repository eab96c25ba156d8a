package org.knime.filehandling.core.port;

import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;
import org.knime.filehandling.core.connections.FSConnection;
import org.knime.filehandling.core.connections.FSConnectionRegistry;
import org.knime.filehandling.core.connections.FSLocationSpec;

/** The spec of a connection, whose id finds it in the registry; here it is kept nowhere. */
public final class FileSystemPortObjectSpec extends AbstractSimplePortObjectSpec {
    private final String type;
    private final String id;
    private final FSLocationSpec spec;

    public FileSystemPortObjectSpec() {
        this(null, null, null);
    }

    public FileSystemPortObjectSpec(String fileSystemType, String fileSystemId, FSLocationSpec fsLocationSpec) {
        this.type = fileSystemType;
        this.id = fileSystemId;
        this.spec = fsLocationSpec;
    }

    public String getFileSystemType() {
        return type;
    }

    public String getFileSystemId() {
        return id;
    }

    public FSLocationSpec getFSLocationSpec() {
        return spec;
    }

    public Optional<FSConnection> getFileSystemConnection() {
        return FSConnectionRegistry.getInstance().retrieve(id);
    }

    @Override
    protected void save(ModelContentWO model) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void load(ModelContentRO model) throws InvalidSettingsException {
        throw new UnsupportedOperationException();
    }
}
