package org.scaledimaging.cli.option;

import java.util.HashMap;
import java.util.Map;

/** System properties that hold while a command runs. */
public final class ForServers implements AutoCloseable {
    private final Map<String, String> before = new HashMap<>();

    /** @param value null to leave the property as it is */
    public void set(String property, String value) {
        if (value != null) {
            before.put(property, System.setProperty(property, value));
        }
    }

    @Override
    public void close() {
        before.forEach((property, value) -> {
            if (value == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, value);
            }
        });
    }
}
