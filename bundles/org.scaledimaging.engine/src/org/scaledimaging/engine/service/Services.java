package org.scaledimaging.engine.service;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** All services of a kind that are there now. */
public final class Services {
    private Services() {}

    /**
     * The OSGi services inside OSGi, elsewhere what {@link ServiceLoader} finds by the thread's context class loader.
     *
     * @throws java.util.ServiceConfigurationError when one of them cannot be loaded
     */
    public static <S> List<S> all(Class<S> type) {
        return insideOsgi() ? OsgiServices.all(type) : loaded(type, classLoader(type));
    }

    /**
     * What {@link ServiceLoader} finds by a class loader.
     *
     * @throws java.util.ServiceConfigurationError when one of them cannot be loaded
     */
    public static <S> List<S> loaded(Class<S> type, ClassLoader loader) {
        List<S> found = new ArrayList<>();
        for (S service : ServiceLoader.load(type, loader)) {
            found.add(service);
        }
        return found;
    }

    /** The context class loader, unless it is for other code than this. */
    private static ClassLoader classLoader(Class<?> type) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            if (context != null && context.loadClass(type.getName()) == type) {
                return context;
            }
        } catch (ClassNotFoundException e) {
            // it does not know this engine
        }
        return type.getClassLoader();
    }

    private static boolean insideOsgi() {
        try {
            return OsgiServices.runsInFramework();
        } catch (NoClassDefFoundError e) {
            return false; // no OSGi classes: a plain class path
        }
    }
}
