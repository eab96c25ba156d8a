package org.scaledimaging.engine.service;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Finds OSGi services. The one class that knows OSGi; it is loaded inside OSGi only. */
final class OsgiServices {
    private OsgiServices() {}

    static boolean runsInFramework() {
        return FrameworkUtil.getBundle(OsgiServices.class) != null;
    }

    static <S> List<S> all(Class<S> type) {
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
        Bundle bundle = FrameworkUtil.getBundle(OsgiServices.class);
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
