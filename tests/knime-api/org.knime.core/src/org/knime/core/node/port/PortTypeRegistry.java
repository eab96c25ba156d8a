package org.knime.core.node.port;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Knows the classes it was asked about; the real one reads the extension point. */
public final class PortTypeRegistry {
    private static final PortTypeRegistry INSTANCE = new PortTypeRegistry();
    private static final Map<String, Class<?>> SPECS = new ConcurrentHashMap<>();

    private PortTypeRegistry() {}

    public static PortTypeRegistry getInstance() {
        return INSTANCE;
    }

    public PortType getPortType(Class<? extends PortObject> objectClass) {
        try {
            Class<?> spec = objectClass.getMethod("getSpec").getReturnType();
            SPECS.put(spec.getName(), spec);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
        return new PortType(objectClass);
    }

    static Class<?> specClass(String name) throws ClassNotFoundException {
        Class<?> spec = SPECS.get(name);
        if (spec == null) {
            throw new ClassNotFoundException(name);
        }
        return spec;
    }
}
