package org.knime.core.webui.node.dialog.defaultdialog.internal.file;

/** KNIME 5.9 and later. */
public enum SingleFileSelectionMode {
    FILE,
    FOLDER,
    FILE_OR_FOLDER,
    WORKFLOW
}
