package org.scaledimaging.knime.port;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.swing.JComponent;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.VisibleText;

/** The spec of an image on a port, known before a voxel is read: its metadata, without the rendering settings. */
public final class ScaledImagePortObjectSpec extends AbstractSimplePortObjectSpec {

    /** Registered at the extension point for port types. */
    public static final class Serializer extends AbstractSimplePortObjectSpecSerializer<ScaledImagePortObjectSpec> {}

    private ImageMetadata metadata;

    /** For KNIME, which loads the rest afterwards. */
    public ScaledImagePortObjectSpec() {}

    private ScaledImagePortObjectSpec(ImageMetadata metadata) {
        this.metadata = metadata;
    }

    public static ScaledImagePortObjectSpec of(ImageMetadata metadata) {
        return new ScaledImagePortObjectSpec(metadata.withChannels(metadata.channelNames(), java.util.Optional.empty())
                .withHeader(java.util.Optional.empty()));
    }

    public ImageMetadata metadata() {
        return metadata;
    }

    /** In one line, for people: {@code brain: z 64 × y 64 × x 64, float32}. */
    public String inOneLine() {
        List<Dimension> dimensions = metadata.dimensions();
        return VisibleText.of(metadata.name()) + ": "
                + dimensions.stream()
                        .map(dimension -> dimension.axis().symbol() + " " + dimension.length())
                        .collect(Collectors.joining(" × "))
                + ", " + metadata.pixelType().label();
    }

    /** The metadata as a table, not the settings that they are saved as. */
    @Override
    public JComponent[] getViews() {
        return new JComponent[] {MetadataTable.view(metadata)};
    }

    @Override
    protected void save(ModelContentWO model) {
        MetadataContent.save(metadata, model);
    }

    @Override
    protected void load(ModelContentRO model) throws InvalidSettingsException {
        metadata = MetadataContent.load(model);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScaledImagePortObjectSpec that && Objects.equals(metadata, that.metadata);
    }

    @Override
    public int hashCode() {
        return Objects.hash(metadata);
    }
}
