package org.knime.filehandling.core.port;

import java.util.Optional;
import javax.swing.JComponent;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;
import org.knime.filehandling.core.connections.FSConnection;

/** Signature only. */
public final class FileSystemPortObject implements PortObject {
    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(FileSystemPortObject.class);

    private final FileSystemPortObjectSpec spec;

    public FileSystemPortObject(FileSystemPortObjectSpec spec) {
        this.spec = spec;
    }

    @Override
    public String getSummary() {
        return spec.getFileSystemType();
    }

    @Override
    public FileSystemPortObjectSpec getSpec() {
        return spec;
    }

    @Override
    public JComponent[] getViews() {
        return null;
    }

    public Optional<FSConnection> getFileSystemConnection() {
        return spec.getFileSystemConnection();
    }
}
