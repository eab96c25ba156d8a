package org.knime.node.parameters;

import java.util.Optional;
import org.knime.core.node.port.PortObjectSpec;

/** Signature only. */
public interface NodeParametersInput {
    PortObjectSpec[] getInPortSpecs();

    Optional<PortObjectSpec> getInPortSpec(int portIndex);
}
