package org.knime.core.webui.node.dialog.defaultdialog.internal.file;

/** KNIME 5.9 and later. */
public enum FileSystemOption {
    LOCAL,
    SPACE,
    EMBEDDED,
    CUSTOM_URL,
    CONNECTED
}
