package org.knime.core.node.config.base;

import java.util.Set;
import org.knime.core.node.InvalidSettingsException;

/** Reading part of the settings tree. */
public interface ConfigBaseRO {
    Set<String> keySet();

    boolean containsKey(String key);

    String getString(String key) throws InvalidSettingsException;

    int getInt(String key) throws InvalidSettingsException;

    long getLong(String key) throws InvalidSettingsException;

    double getDouble(String key) throws InvalidSettingsException;

    boolean getBoolean(String key) throws InvalidSettingsException;

    double[] getDoubleArray(String key) throws InvalidSettingsException;

    String[] getStringArray(String key) throws InvalidSettingsException;
}
