package org.scaledimaging.knime.nodes;

import org.knime.filehandling.core.port.FileSystemPortObject;
import org.knime.node.RequirePorts.DynamicPortsAdder;
import org.scaledimaging.knime.connection.Upload;
import org.scaledimaging.knime.setting.save.SaveParameters;
import org.scaledimaging.knime.setting.text.NodePlaces;

/** The optional port of nodes that read or write files, as KNIME's own have it: before all others. */
final class ConnectionPort {
    private ConnectionPort() {}

    /** @param purpose a sentence that says what the file system is for */
    static DynamicPortsAdder addTo(DynamicPortsAdder ports, String purpose) {
        return ports.addInputPortGroup(
                NodePlaces.PORT,
                group -> group.name(NodePlaces.PORT)
                        .description(purpose + NodePlaces.PORT_DESCRIPTION)
                        .optional()
                        .supportedTypes(FileSystemPortObject.TYPE));
    }

    /** What the settings of a node that writes say. */
    static Upload.Handling handling(SaveParameters parameters) {
        return new Upload.Handling(parameters.overwrite(), parameters.createFolders, parameters.verify);
    }
}
