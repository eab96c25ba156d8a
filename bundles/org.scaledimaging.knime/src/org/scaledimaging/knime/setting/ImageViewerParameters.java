package org.scaledimaging.knime.setting;

import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persistor;
import org.knime.node.parameters.widget.OptionalWidget;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.setting.choice.FirstValues;
import org.scaledimaging.knime.setting.choice.NumberPersistor;

/**
 * The settings of Image Viewer: what it keeps and what its picture shows. Field names are the settings' keys: they
 * stay.
 */
public final class ImageViewerParameters implements NodeParameters {
    public static final String LABELS_TITLE = "Port of the labels";
    private static final int MOST_LONGEST = 1024;
    private static final int MOST_PIXELS = 4096;

    /** What the picture shows. */
    public enum Cuts {
        @Label("Middle slices")
        MIDDLE,
        @Label("Projections")
        PROJECTIONS
    }

    @Widget(
            title = LABELS_TITLE,
            description =
                    "Which image lies over the others, in a colour for each number: the number of its port, from 1;"
                            + " off for the first one that is marked as labels, as those of Segment Image are, if there is"
                            + " one.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @OptionalWidget(defaultProvider = FirstValues.Port.class)
    @Persistor(NumberPersistor.OfLabels.class)
    public Optional<Integer> labels = Optional.empty();

    @Widget(
            title = "Longest side of the copy (voxels)",
            description =
                    "How many voxels the small copy, which the node keeps to show it, may have along an axis. Where"
                            + " the image has a pyramid or is cheap to read in part, the view reads finer slices from the"
                            + " image itself.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Advanced
    public int longest = 256;

    @Widget(
            title = "Picture",
            description =
                    "What the picture at the output port shows of each image: the slices through the middle, or the"
                            + " greatest values along each axis of the small copy.")
    @ValueSwitchWidget
    public Cuts picture = Cuts.MIDDLE;

    @Widget(
            title = "Size of the picture (pixels)",
            description = "How many pixels the longest side of the slices has in the picture at the output port.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    public int pictureSize = 400;

    @Override
    public void validate() throws InvalidSettingsException {
        Sentences.validate(() -> {
            check("Longest side of the copy (voxels)", longest, 8, MOST_LONGEST);
            check("Size of the picture (pixels)", pictureSize, 8, MOST_PIXELS);
            check(LABELS_TITLE, labels.orElse(1), 1, Integer.MAX_VALUE);
        });
    }

    private static void check(String title, int value, int least, int most) throws ParameterException {
        if (value < least || value > most) {
            throw new ParameterException(title, value, "a number from " + least + " to " + most);
        }
    }
}
