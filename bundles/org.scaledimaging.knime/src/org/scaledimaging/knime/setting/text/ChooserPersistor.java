package org.scaledimaging.knime.setting.text;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelection;
import org.knime.node.parameters.persistence.NodeParametersPersistor;

/** A place that is chosen by one of KNIME's file choosers, kept as {@link PlacePersistor} keeps a text. Keys stay. */
public abstract class ChooserPersistor implements NodeParametersPersistor<FileSelection> {
    private final PlacePersistor text;

    ChooserPersistor(String key) {
        this.text = new PlacePersistor(key, "") {};
    }

    /** An image to read. */
    public static final class OfPath extends ChooserPersistor {
        public OfPath() {
            super("path");
        }
    }

    /** A folder or the like to list. */
    public static final class OfPlace extends ChooserPersistor {
        public OfPlace() {
            super("place");
        }
    }

    /** A folder to write. */
    public static final class OfFolder extends ChooserPersistor {
        public OfFolder() {
            super("folder");
        }
    }

    /** A file to write. */
    public static final class OfFile extends ChooserPersistor {
        public OfFile() {
            super("file");
        }
    }

    @Override
    public final FileSelection load(NodeSettingsRO settings) throws InvalidSettingsException {
        return ChosenPlace.of(text.load(settings));
    }

    @Override
    public final void save(FileSelection place, NodeSettingsWO settings) {
        text.save(ChosenPlace.kept(place), settings);
    }

    @Override
    public final String[][] getConfigPaths() {
        return text.getConfigPaths();
    }
}
