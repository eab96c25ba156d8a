package org.knime.node;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.knime.core.node.port.PortType;
import org.knime.node.RequirePorts.ConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.ExtendableConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.FinalConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.OptionalConfigurablePort;
import org.knime.node.RequirePorts.DynamicPortsAdder;
import org.knime.node.RequirePorts.RequireConfigurablePortMode;
import org.knime.node.RequirePorts.RequirePortName;
import org.knime.node.RequirePorts.RequireSupportedTypes;

/** The ports of a definition, checked as KNIME checks them when it makes a node. Not part of KNIME's API. */
final class DefinedPorts implements DynamicPortsAdder {
    final List<PortType> inputs = new ArrayList<>();
    final List<PortType> outputs = new ArrayList<>();
    final List<String> texts = new ArrayList<>();
    private final Set<String> groups = new HashSet<>();

    static DefinedPorts of(Consumer<DynamicPortsAdder> definition) {
        DefinedPorts ports = new DefinedPorts();
        definition.accept(ports);
        return ports;
    }

    @Override
    public DynamicPortsAdder addInputPortGroup(String group, Function<RequirePortName, ConfigurablePort> definition) {
        return add(group, definition, inputs);
    }

    @Override
    public DynamicPortsAdder addOutputPortGroup(String group, Function<RequirePortName, ConfigurablePort> definition) {
        return add(group, definition, outputs);
    }

    private DynamicPortsAdder add(
            String group, Function<RequirePortName, ConfigurablePort> definition, List<PortType> side) {
        if (!groups.add(group)) {
            throw new IllegalArgumentException("port group " + group + " twice");
        }
        definition.apply(name -> description -> {
            texts.add(name);
            texts.add(description);
            return new Mode(side);
        });
        return this;
    }

    private record Mode(List<PortType> side) implements RequireConfigurablePortMode {
        @Override
        public FinalConfigurablePort fixed(PortType portType) {
            side.add(portType);
            return new FinalConfigurablePort();
        }

        @Override
        public RequireSupportedTypes<OptionalConfigurablePort> optional() {
            OptionalConfigurablePort absent = type -> {
                side.add(type);
                return new FinalConfigurablePort();
            };
            return new RequireSupportedTypes<>() {
                @Override
                public OptionalConfigurablePort supportedTypes(PortType... portTypes) {
                    return absent;
                }

                @Override
                public OptionalConfigurablePort supportedTypes(Predicate<PortType> portTypePredicate) {
                    return absent;
                }
            };
        }

        /** No port more than there has to be. */
        @Override
        public RequireSupportedTypes<ExtendableConfigurablePort> extendable() {
            ExtendableConfigurablePort none = new ExtendableConfigurablePort() {
                @Override
                public ExtendableConfigurablePort fixedTypes(PortType... portTypes) {
                    side.addAll(List.of(portTypes));
                    return this;
                }

                @Override
                public ExtendableConfigurablePort defaultNonFixedTypes(PortType... portTypes) {
                    return this;
                }
            };
            return new RequireSupportedTypes<>() {
                @Override
                public ExtendableConfigurablePort supportedTypes(PortType... portTypes) {
                    return none;
                }

                @Override
                public ExtendableConfigurablePort supportedTypes(Predicate<PortType> portTypePredicate) {
                    return none;
                }
            };
        }
    }
}
