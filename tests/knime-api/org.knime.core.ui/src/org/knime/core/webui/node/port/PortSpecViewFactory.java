package org.knime.core.webui.node.port;

import org.knime.core.node.port.PortObjectSpec;

/** Signature only. */
public interface PortSpecViewFactory<S extends PortObjectSpec> {
    PortView createPortView(S portObjectSpec);
}
