package org.knime.filehandling.core.connections;

/** Signature only. */
public enum FSCategory {
    LOCAL,
    RELATIVE,
    MOUNTPOINT,
    HUB_SPACE,
    CUSTOM_URL,
    CONNECTED
}
