package org.knime.core.webui.node.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.knime.core.node.port.PortType;

/** Keeps what is registered; it shows nothing. */
public final class PortViewManager {
    private static final Map<String, PortViews> VIEWS = new ConcurrentHashMap<>();

    private PortViewManager() {}

    public static void registerPortViews(
            String portObjectClassName,
            List<PortViewDescriptor> viewDescriptors,
            List<Integer> configuredIndices,
            List<Integer> executedIndices) {
        VIEWS.put(portObjectClassName, new PortViews(viewDescriptors, configuredIndices, executedIndices));
    }

    public static PortViews getPortViews(PortType portType) {
        return VIEWS.get(portType.getPortObjectClass().getName());
    }

    public static Optional<PortViewDescriptor> getPortViewDescriptor(PortType portType, int viewIdx) {
        return Optional.ofNullable(getPortViews(portType))
                .map(views -> views.viewDescriptors().get(viewIdx));
    }

    /** Signature only. */
    public record PortViews(
            List<PortViewDescriptor> viewDescriptors, List<Integer> configuredIndices, List<Integer> executedIndices) {}

    /** Signature only. */
    public record PortViewDescriptor(String label, Object viewFactory) {}
}
