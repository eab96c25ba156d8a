package org.knime.core.webui.node.port;

import java.util.Optional;
import org.knime.core.webui.UIExtension;
import org.knime.core.webui.data.ApplyDataService;
import org.knime.core.webui.data.DataServiceProvider;
import org.knime.core.webui.data.DisposeDataServicesOnNodeStateChange;

/** Signature only. */
public interface PortView extends UIExtension, DataServiceProvider, DisposeDataServicesOnNodeStateChange {
    @Override
    default Optional<ApplyDataService<?>> createApplyDataService() {
        return Optional.empty();
    }
}
