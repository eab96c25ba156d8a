package org.scaledimaging.knime.table;

import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.regex.PatternSyntaxException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelection;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelectionWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FolderSelectionWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.SingleFileSelectionMode;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persistor;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.knime.setting.Sentences;
import org.scaledimaging.knime.setting.text.ChooserPersistor;
import org.scaledimaging.knime.setting.text.ChosenPlace;
import org.scaledimaging.knime.setting.text.NodePlaces;

/** The settings of List Images. Field names are the settings' keys: they stay. */
public final class ListImagesParameters implements NodeParameters {
    public static final String PLACE_TITLE = "Folder, plate or collection";
    public static final String NAMES_TITLE = "Names";

    /** What happens to an image that cannot be read. Names are kept in workflows: they stay. */
    public enum Damaged {
        @Label("Leave out")
        LEAVE_OUT,
        @Label("Fail")
        FAIL
    }

    /** What the column of images holds. Names are kept in workflows: they stay. */
    public enum Images {
        @Label("None")
        NONE,
        @Label("Images")
        PLAIN,
        @Label("With thumbnails")
        THUMBNAILS
    }

    @Widget(
            title = PLACE_TITLE,
            description = "Where the images are: a folder with images of any format, a plate, well or collection of"
                    + " OME-Zarr, or a single image. An absolute path, or an address:"
                    + " knime://knime.workflow/data/images is a folder in the workflow's data folder,"
                    + " https://host/plate.ome.zarr a plate on a web server."
                    + NodePlaces.IN_CONNECTION)
    @FolderSelectionWidget
    @FileSelectionWidget(value = SingleFileSelectionMode.FILE_OR_FOLDER, placeholder = "/data/images")
    @Persistor(ChooserPersistor.OfPlace.class)
    public FileSelection place = ChosenPlace.of("");

    @Widget(
            title = NAMES_TITLE,
            description = "Which files and folders of a folder are looked at, by their paths in it: * is any part of a"
                    + " name, ** any folders, {a,b} either, as in *.nii.gz, **/*.tif or sub-*/anat/*_T1w.nii.gz. What is"
                    + " no image, and what is hidden, is left out. A plate or collection in the folder is listed image by"
                    + " image.")
    public String names = "*";

    @Widget(
            title = "Images that cannot be read",
            description = "What to do with a damaged image, or one that may not be read: leave it out and say so in a"
                    + " warning, or fail.")
    @ValueSwitchWidget
    public Damaged damaged = Damaged.LEAVE_OUT;

    @Widget(
            title = "Column of images",
            description =
                    "Whether to add a column with the images themselves, to be taken out by Table to Image: none, the"
                            + " images, or the images with thumbnails. A thumbnail reads voxels: few where the image has a"
                            + " pyramid, all of a compressed NIfTI file.")
    @ValueSwitchWidget
    public Images images = Images.NONE;

    /** @throws ParameterException when the text says no place, or has a query that would be lost in a table */
    public ImageLocation location(NodePlaces places) throws ParameterException {
        ImageLocation location = places.image(PLACE_TITLE, ChosenPlace.text(place), false);
        if (location instanceof ImageLocation.Remote remote && remote.address().getRawQuery() != null) {
            throw new ParameterException(
                    PLACE_TITLE, location + " with a query, which may be a secret", "an address without");
        }
        return location;
    }

    /** Says what can be said of the settings before the node is executed. */
    public void check(NodePlaces places) throws ParameterException {
        if (places.known(PLACE_TITLE, ChosenPlace.text(place), false).isPresent()) {
            location(places);
        }
        matcher();
    }

    /** What the paths in a folder are compared with. */
    public PathMatcher matcher() throws ParameterException {
        if (names.isBlank()) {
            throw new ParameterException(NAMES_TITLE, "nothing", "a pattern such as *.nii.gz, or * for all");
        }
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + names.strip());
        } catch (PatternSyntaxException e) {
            throw new ParameterException(NAMES_TITLE, "'" + names + "'", "a pattern such as *.nii.gz or **/*.tif");
        }
    }

    /** How many folders deep a path that the pattern fits can be, itself counted. */
    public int depth() {
        return names.contains("**")
                ? Integer.MAX_VALUE
                : 1 + (int) names.chars().filter(c -> c == '/').count();
    }

    /** An empty place is accepted here: it may come from a flow variable. */
    @Override
    public void validate() throws InvalidSettingsException {
        Sentences.validate(this::matcher);
    }
}
