package org.scaledimaging.knime.port;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.image.WorldFrame.QForm;

/** An image's metadata as KNIME keeps it in workflows. The keys are a file format: they stay. */
final class MetadataContent {
    private MetadataContent() {}

    static void save(ImageMetadata metadata, ModelContentWO content) {
        content.addString("name", metadata.name());
        content.addString("pixelType", metadata.pixelType().label());
        content.addString("axes", metadata.axes());
        for (Dimension dimension : metadata.dimensions()) {
            ModelContentWO axis = content.addModelContent(dimension.axis().symbol());
            axis.addLong("length", dimension.length());
            axis.addDouble("voxelSize", dimension.voxelSize());
            axis.addString("unit", dimension.unit());
            axis.addDouble("origin", dimension.origin());
        }
        content.addBoolean("labels", metadata.labels());
        content.addStringArray("channels", metadata.channelNames().toArray(String[]::new));
        if (metadata.frame().isPresent()) {
            save(metadata.frame().get(), content.addModelContent("frame"));
        }
    }

    private static void save(WorldFrame frame, ModelContentWO content) {
        if (frame.sform().isPresent()) {
            content.addDoubleArray("sform", frame.sform().get().toArray());
        }
        content.addInt("sformCode", frame.sformCode());
        if (frame.qform().isPresent()) {
            QForm form = frame.qform().get();
            content.addInt("qformCode", form.code());
            content.addDoubleArray("qform", form.toArray());
        }
    }

    static ImageMetadata load(ModelContentRO content) throws InvalidSettingsException {
        try {
            List<Dimension> dimensions = new ArrayList<>();
            for (String symbol : content.getString("axes").split("")) {
                ModelContentRO axis = content.getModelContent(symbol);
                dimensions.add(new Dimension(
                        Axis.ofSymbol(symbol).orElseThrow(),
                        axis.getLong("length"),
                        axis.getDouble("voxelSize"),
                        axis.getString("unit"),
                        axis.getDouble("origin")));
            }
            ImageMetadata metadata = new ImageMetadata(
                    content.getString("name"),
                    PixelType.ofLabel(content.getString("pixelType")).orElseThrow(),
                    dimensions,
                    content.containsKey("frame")
                            ? Optional.of(frame(content.getModelContent("frame")))
                            : Optional.empty(),
                    List.of(content.getStringArray("channels")),
                    Optional.empty());
            return metadata.withLabels(content.getBoolean("labels"));
        } catch (RuntimeException e) {
            throw new InvalidSettingsException("Scaled Image: found metadata that make no image, expected others.", e);
        }
    }

    private static WorldFrame frame(ModelContentRO content) throws InvalidSettingsException {
        Optional<Affine> sform = content.containsKey("sform")
                ? Optional.of(Affine.of(content.getDoubleArray("sform")))
                : Optional.empty();
        Optional<QForm> qform = Optional.empty();
        if (content.containsKey("qform")) {
            qform = Optional.of(QForm.of(content.getInt("qformCode"), content.getDoubleArray("qform")));
        }
        return new WorldFrame(sform, content.getInt("sformCode"), qform);
    }
}
