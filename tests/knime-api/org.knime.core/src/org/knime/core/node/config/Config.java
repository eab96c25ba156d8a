package org.knime.core.node.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.knime.core.node.InvalidSettingsException;

/** A settings tree in memory. */
public abstract class Config implements ConfigRO, ConfigWO {
    private final Map<String, Object> entries = new LinkedHashMap<>();

    protected Config() {}

    protected final void put(String key, Object value) {
        entries.put(key, value);
    }

    protected final <T> T entry(String key, Class<T> type) throws InvalidSettingsException {
        if (!entries.containsKey(key)) {
            throw new InvalidSettingsException("No entry for key \"" + key + "\".");
        }
        Object value = entries.get(key);
        if (value != null && !type.isInstance(value)) {
            throw new InvalidSettingsException("The entry for key \"" + key + "\" is no " + type.getSimpleName() + ".");
        }
        return type.cast(value);
    }

    @Override
    public Set<String> keySet() {
        return Set.copyOf(entries.keySet());
    }

    @Override
    public boolean containsKey(String key) {
        return entries.containsKey(key);
    }

    @Override
    public String getString(String key) throws InvalidSettingsException {
        return entry(key, String.class);
    }

    @Override
    public int getInt(String key) throws InvalidSettingsException {
        return entry(key, Integer.class);
    }

    @Override
    public long getLong(String key) throws InvalidSettingsException {
        return entry(key, Long.class);
    }

    @Override
    public double getDouble(String key) throws InvalidSettingsException {
        return entry(key, Double.class);
    }

    @Override
    public boolean getBoolean(String key) throws InvalidSettingsException {
        return entry(key, Boolean.class);
    }

    @Override
    public double[] getDoubleArray(String key) throws InvalidSettingsException {
        return entry(key, double[].class).clone();
    }

    @Override
    public String[] getStringArray(String key) throws InvalidSettingsException {
        return entry(key, String[].class).clone();
    }

    @Override
    public void addString(String key, String value) {
        put(key, value);
    }

    @Override
    public void addInt(String key, int value) {
        put(key, value);
    }

    @Override
    public void addLong(String key, long value) {
        put(key, value);
    }

    @Override
    public void addDouble(String key, double value) {
        put(key, value);
    }

    @Override
    public void addBoolean(String key, boolean value) {
        put(key, value);
    }

    @Override
    public void addDoubleArray(String key, double... values) {
        put(key, values.clone());
    }

    @Override
    public void addStringArray(String key, String... values) {
        put(key, values.clone());
    }
}
