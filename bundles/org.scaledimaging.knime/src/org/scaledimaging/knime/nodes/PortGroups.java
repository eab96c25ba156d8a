package org.scaledimaging.knime.nodes;

import org.knime.core.node.port.PortType;
import org.knime.node.RequirePorts.DynamicPortsAdder;
import org.scaledimaging.knime.port.ScaledImagePortObject;

/**
 * Ports in the order in which they are added, each group with the name that workflows keep and what is there: images, unless
 * another type is given.
 */
record PortGroups(DynamicPortsAdder ports) {
    /**
     * Ports of a node that reads or writes files, of which that for a connection comes first.
     *
     * @param purpose a sentence that says what the file system is for
     */
    static PortGroups connected(DynamicPortsAdder ports, String purpose) {
        return new PortGroups(ConnectionPort.addTo(ports, purpose));
    }

    /** A port that is always there. */
    PortGroups in(String name, String description) {
        ports.addInputPortGroup(
                name, group -> group.name(name).description(description).fixed(ScaledImagePortObject.TYPE));
        return this;
    }

    /** A port that users may add. */
    PortGroups optional(String name, String description) {
        ports.addInputPortGroup(
                name,
                group -> group.name(name)
                        .description(description)
                        .optional()
                        .supportedTypes(ScaledImagePortObject.TYPE));
        return this;
    }

    /** As many ports as users add. */
    PortGroups more(String name, String description) {
        ports.addInputPortGroup(
                name,
                group -> group.name(name)
                        .description(description)
                        .extendable()
                        .supportedTypes(ScaledImagePortObject.TYPE));
        return this;
    }

    /** An image that the node gives. */
    PortGroups out(String name, String description) {
        return out(name, description, ScaledImagePortObject.TYPE);
    }

    /** Something else that it gives. */
    PortGroups out(String name, String description, PortType type) {
        ports.addOutputPortGroup(
                name, group -> group.name(name).description(description).fixed(type));
        return this;
    }
}
