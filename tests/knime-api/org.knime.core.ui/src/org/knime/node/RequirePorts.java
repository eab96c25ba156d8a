package org.knime.node;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortType;
import org.knime.node.DefaultNode.RequireModel;
import org.knime.node.RequirePorts.ConfigurablePort.ExtendableConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.FinalConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.OptionalConfigurablePort;

/** A node's ports. */
public interface RequirePorts {
    default RequireModel ports(Consumer<PortsAdder> ports) {
        return dynamicPorts(dynamic -> ports.accept(new PortsAdder() {
            @Override
            public PortsAdder addInputPort(String name, String description, PortType portType) {
                dynamic.addInputPortGroup(
                        name, group -> group.name(name).description(description).fixed(portType));
                return this;
            }

            @Override
            public PortsAdder addOutputPort(String name, String description, PortType portType) {
                dynamic.addOutputPortGroup(
                        name, group -> group.name(name).description(description).fixed(portType));
                return this;
            }
        }));
    }

    RequireModel dynamicPorts(Consumer<DynamicPortsAdder> ports);

    /** Signature only. */
    interface PortsAdder {
        PortsAdder addInputPort(String name, String description, PortType portType);

        PortsAdder addOutputPort(String name, String description, PortType portType);

        default PortsAdder addInputTable(String name, String description) {
            return addInputPort(name, description, BufferedDataTable.TYPE);
        }

        default PortsAdder addOutputTable(String name, String description) {
            return addOutputPort(name, description, BufferedDataTable.TYPE);
        }
    }

    /** Signature only. */
    interface DynamicPortsAdder {
        DynamicPortsAdder addInputPortGroup(
                String groupId, Function<RequirePortName, ConfigurablePort> groupConfiguration);

        DynamicPortsAdder addOutputPortGroup(
                String groupId, Function<RequirePortName, ConfigurablePort> groupConfiguration);
    }

    /** Signature only. */
    interface RequirePortName {
        RequirePortDescription name(String name);
    }

    /** Signature only. */
    interface RequirePortDescription {
        RequireConfigurablePortMode description(String description);
    }

    /** Signature only. */
    interface RequireConfigurablePortMode {
        FinalConfigurablePort fixed(PortType portType);

        RequireSupportedTypes<OptionalConfigurablePort> optional();

        RequireSupportedTypes<ExtendableConfigurablePort> extendable();
    }

    /** Signature only. */
    interface RequireSupportedTypes<T> {
        T supportedTypes(PortType... portTypes);

        T supportedTypes(Predicate<PortType> portTypePredicate);
    }

    /** Signature only. */
    sealed interface ConfigurablePort
            permits FinalConfigurablePort, OptionalConfigurablePort, ExtendableConfigurablePort {
        /** Signature only. */
        final class FinalConfigurablePort implements ConfigurablePort {}

        /** Signature only. */
        non-sealed interface OptionalConfigurablePort extends ConfigurablePort {
            FinalConfigurablePort defaultPortType(PortType defaultPortType);
        }

        /** Signature only. */
        non-sealed interface ExtendableConfigurablePort extends ConfigurablePort {
            ExtendableConfigurablePort fixedTypes(PortType... portTypes);

            ExtendableConfigurablePort defaultNonFixedTypes(PortType... portTypes);
        }
    }
}
