package org.scaledimaging.knime.view;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.knime.core.webui.data.InitialDataService;
import org.knime.core.webui.data.RpcDataService;
import org.knime.core.webui.node.port.PortSpecViewFactory;
import org.knime.core.webui.node.port.PortView;
import org.knime.core.webui.node.port.PortViewFactory;
import org.knime.core.webui.node.port.PortViewManager;
import org.knime.core.webui.node.port.PortViewManager.PortViewDescriptor;
import org.knime.core.webui.page.Page;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.port.ScaledImagePortObjectSpec;

/**
 * The preview of a port of the type Scaled Image, below the workflow. KNIME's API for that is not public: where it is
 * not as it was from 5.8 on, ports have no preview, and all else works.
 */
public final class PortPreview {
    private PortPreview() {}

    /** Makes it known to KNIME, if this KNIME has what that takes. */
    public static void offer() {
        try {
            Registration.register();
        } catch (LinkageError e) {
            // another KNIME's API: ports have no preview there
        }
    }

    /** All that links to what is not public. */
    private static final class Registration {
        private static final String LABEL = "Image";

        static void register() {
            PortSpecViewFactory<ScaledImagePortObjectSpec> configured =
                    spec -> new View(() -> PortPage.of(spec.metadata()));
            PortViewFactory<ScaledImagePortObject> executed = image -> new View(() -> PortPage.of(image));
            PortViewManager.registerPortViews(
                    ScaledImagePortObject.class.getName(),
                    List.of(new PortViewDescriptor(LABEL, configured), new PortViewDescriptor(LABEL, executed)),
                    List.of(0),
                    List.of(1));
        }
    }

    /** A page without services: all that it shows is in it. */
    private record View(Supplier<String> html) implements PortView {
        @Override
        public Page getPage() {
            return Page.create().fromString(html::get).relativePath("port.html");
        }

        @Override
        public <D> Optional<InitialDataService<D>> createInitialDataService() {
            return Optional.empty();
        }

        @Override
        public Optional<RpcDataService> createRpcDataService() {
            return Optional.empty();
        }
    }
}
