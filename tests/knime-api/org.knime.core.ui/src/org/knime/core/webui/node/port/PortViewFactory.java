package org.knime.core.webui.node.port;

import org.knime.core.node.port.PortObject;

/** Signature only. */
public interface PortViewFactory<T extends PortObject> {
    PortView createPortView(T portObject);
}
