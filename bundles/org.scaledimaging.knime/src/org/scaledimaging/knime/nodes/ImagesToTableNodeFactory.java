package org.scaledimaging.knime.nodes;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.port.PortObject;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.table.ImagesToTableParameters;
import org.scaledimaging.knime.table.ScaledImageCell;
import org.scaledimaging.knime.view.Thumbnail;
import org.scaledimaging.knime.work.Work;

/** Images to Table: images as cells of a table. */
public final class ImagesToTableNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Images to Table")
            .icon("images-to-table.png")
            .shortDescription("Puts images into a table, a row for each.")
            .fullDescription(
                    "Gives a table with a row for each image: its name, and the image itself as a cell, which holds"
                            + " how the image comes about, not its voxels. So images can be filtered, joined, grouped and"
                            + " collected by loops like other data. Table to Image takes one out again.")
            .sinceVersion(5, 8, 0)
            .dynamicPorts(ports -> new PortGroups(ports)
                    .in("Image", "The first image.")
                    .more("Further images", "Further images, a row each.")
                    .out("Images", "A row for each image.", BufferedDataTable.TYPE))
            .model(Work.model(
                    ImagesToTableParameters.class,
                    (input, output) -> output.setOutSpec(0, spec()),
                    ImagesToTableNodeFactory::execute))
            .nodeType(NodeType.Manipulator)
            .keywords("table", "cell", "collect", "row", "thumbnail", "join", "group")
            .addExternalResource(
                    "https://docs.knime.com/ap/latest/analytics_platform_flow_control_guide",
                    "KNIME: loops, which collect images in tables");

    public ImagesToTableNodeFactory() {
        super(NODE);
    }

    private static DataTableSpec spec() {
        return new DataTableSpecCreator()
                .addColumns(
                        new DataColumnSpecCreator("Name", StringCell.TYPE).createSpec(),
                        new DataColumnSpecCreator("Image", ScaledImageCell.TYPE).createSpec())
                .createSpec();
    }

    private static void execute(ExecuteInput input, ExecuteOutput output, Execution execution)
            throws ParameterException, IOException {
        ImagesToTableParameters parameters = input.getParameters();
        BufferedDataContainer container = input.getExecutionContext().createDataContainer(spec());
        try {
            long row = 0;
            for (PortObject object : input.getInPortObjects()) {
                ScaledImagePortObject image = (ScaledImagePortObject) object;
                Optional<byte[]> thumbnail = Optional.empty();
                if (parameters.thumbnails) {
                    try (Image opened = image.open(execution)) {
                        thumbnail = Optional.of(Thumbnail.png(opened, execution));
                    }
                }
                container.addRowToTable(new DefaultRow(
                        RowKey.createRowKey(row++),
                        List.of(
                                new StringCell(image.getSpec().metadata().name()),
                                ScaledImageCell.of(image, thumbnail))));
            }
        } finally {
            container.close();
        }
        output.setOutData(0, container.getTable());
    }
}
