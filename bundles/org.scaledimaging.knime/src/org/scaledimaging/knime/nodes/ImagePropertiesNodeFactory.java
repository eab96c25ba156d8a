package org.scaledimaging.knime.nodes;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.statistics.Statistics;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.ImagePropertiesParameters;
import org.scaledimaging.knime.view.Thumbnail;
import org.scaledimaging.knime.work.PropertiesTable;
import org.scaledimaging.knime.work.PropertiesTable.Measured;
import org.scaledimaging.knime.work.Work;

/** Image Properties: an image as a row of a table. */
public final class ImagePropertiesNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Image Properties")
            .icon("properties.png")
            .shortDescription("Metadata and statistics of an image as a table.")
            .fullDescription(
                    "Gives a table with one row: the image's name, source, axes, pixel type, lengths, voxel size,"
                            + " origin, orientation and channels, and if asked for the statistics of its voxels, computed in one pass"
                            + " over the image.")
            .sinceVersion(5, 8, 0)
            .ports(ports -> ports.addInputPort("Image", "The image.", ScaledImagePortObject.TYPE)
                    .addOutputTable("Properties", "One row: the image's properties."))
            .model(Work.model(
                    ImagePropertiesParameters.class,
                    (input, output) -> {
                        ImagePropertiesParameters parameters = input.getParameters();
                        output.setOutSpec(0, table(parameters).spec());
                    },
                    ImagePropertiesNodeFactory::execute))
            .nodeType(NodeType.Other)
            .keywords("metadata", "statistics", "percentile", "histogram", "mean", "voxel size", "shape")
            .addExternalResource("https://nifti.nimh.nih.gov/", "NIfTI: where an image lies in the world");

    public ImagePropertiesNodeFactory() {
        super(NODE);
    }

    private static PropertiesTable table(ImagePropertiesParameters parameters) throws ParameterException {
        List<Double> percentiles = parameters.percentiles();
        return new PropertiesTable(
                parameters.statistics ? Optional.of(percentiles) : Optional.empty(), parameters.thumbnail);
    }

    private static void execute(ExecuteInput input, ExecuteOutput output, Execution execution)
            throws ParameterException, IOException {
        ImagePropertiesParameters parameters = input.getParameters();
        PropertiesTable table = table(parameters);
        ScaledImagePortObject object = input.getInPortObject(0);
        BufferedDataContainer container = input.getExecutionContext().createDataContainer(table.spec());
        try (Image image = object.open(execution)) {
            Optional<Statistics> statistics = parameters.statistics
                    ? Optional.of(image.statistics(parameters.percentiles(), execution))
                    : Optional.empty();
            Optional<byte[]> thumbnail =
                    parameters.thumbnail ? Optional.of(Thumbnail.png(image, execution)) : Optional.empty();
            String source = image.recipe().orElseThrow().source().location();
            container.addRowToTable(new DefaultRow(
                    RowKey.createRowKey(0L), table.row(new Measured(image.metadata(), source, statistics, thumbnail))));
        } finally {
            container.close();
        }
        output.setOutData(0, container.getTable());
    }
}
