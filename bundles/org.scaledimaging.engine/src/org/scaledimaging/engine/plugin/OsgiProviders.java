package org.scaledimaging.engine.plugin;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Finds plugins among OSGi services. The one class that knows OSGi; it is loaded inside OSGi only. */
final class OsgiProviders {
    private OsgiProviders() {}

    static boolean runsInFramework() {
        return FrameworkUtil.getBundle(OsgiProviders.class) != null;
    }

    static List<PluginProvider> find() {
        List<PluginProvider> found = new ArrayList<>(services(PluginProvider.class));
        services(PluginProviders.class).forEach(list -> found.addAll(PluginRegistry.listed(list)));
        return found;
    }

    private static <S> List<S> services(Class<S> type) {
        BundleContext context = context();
        List<S> found = new ArrayList<>();
        try {
            for (ServiceReference<S> reference : context.getServiceReferences(type, null)) {
                S service = context.getService(reference);
                if (service != null) { // it went away meanwhile
                    found.add(service);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no filter cannot be a wrong one", e);
        }
        return found;
    }

    private static BundleContext context() {
        Bundle bundle = FrameworkUtil.getBundle(OsgiProviders.class);
        if (bundle.getBundleContext() == null) {
            try {
                bundle.start(Bundle.START_TRANSIENT);
            } catch (BundleException e) {
                throw new IllegalStateException("the engine's bundle cannot be started", e);
            }
        }
        return bundle.getBundleContext();
    }
}
