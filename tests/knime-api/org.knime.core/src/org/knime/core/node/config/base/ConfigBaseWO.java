package org.knime.core.node.config.base;

/** Writing part of the settings tree. */
public interface ConfigBaseWO {
    void addString(String key, String value);

    void addInt(String key, int value);

    void addLong(String key, long value);

    void addDouble(String key, double value);

    void addBoolean(String key, boolean value);

    void addDoubleArray(String key, double... values);

    void addStringArray(String key, String... values);
}
