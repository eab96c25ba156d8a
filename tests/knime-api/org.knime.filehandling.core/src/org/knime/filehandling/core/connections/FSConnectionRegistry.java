package org.knime.filehandling.core.connections;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The connections that are open. */
public final class FSConnectionRegistry {
    private static final FSConnectionRegistry INSTANCE = new FSConnectionRegistry();

    private final Map<String, FSConnection> connections = new ConcurrentHashMap<>();

    private FSConnectionRegistry() {}

    public static FSConnectionRegistry getInstance() {
        return INSTANCE;
    }

    public void register(String key, FSConnection connection) {
        connections.put(key, connection);
    }

    public String getKey() {
        return UUID.randomUUID().toString();
    }

    public Optional<FSConnection> retrieve(String key) {
        return Optional.ofNullable(connections.get(key));
    }

    public FSConnection deregister(String key) {
        return connections.remove(key);
    }

    void deregister(FSConnection connection) {
        connections.values().remove(connection);
    }
}
