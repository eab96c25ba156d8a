package org.scaledimaging.knime.nodes;

import java.io.IOException;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.table.ScaledImageValue;
import org.scaledimaging.knime.table.TableToImageParameters;
import org.scaledimaging.knime.work.Work;

/** Table to Image: one image of a table. */
public final class TableToImageNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Table to Image")
            .icon("table-to-image.png")
            .shortDescription("Takes an image out of a table.")
            .fullDescription(
                    "Gives the image that a cell holds: of the only row, or of the row that is chosen by its RowID. In"
                            + " a loop over the rows of a table, the flow variable RowID chooses. What the image is, is"
                            + " known once the node is executed.")
            .sinceVersion(5, 8, 0)
            .ports(ports -> ports.addInputTable("Images", "A table with a column of images.")
                    .addOutputPort("Image", "The image of one row.", ScaledImagePortObject.TYPE))
            .model(Work.model(
                    TableToImageParameters.class,
                    (input, output) -> {
                        TableToImageParameters parameters = input.getParameters();
                        DataTableSpec table = input.getInPortSpec(0);
                        parameters.column(table);
                    },
                    (input, output, execution) -> execute(input, output)))
            .nodeType(NodeType.Manipulator)
            .keywords("table", "cell", "row", "loop", "read")
            .addExternalResource(
                    "https://docs.knime.com/ap/latest/analytics_platform_flow_control_guide",
                    "KNIME: loops over the rows of a table");

    public TableToImageNodeFactory() {
        super(NODE);
    }

    private static void execute(ExecuteInput input, ExecuteOutput output) throws ParameterException, IOException {
        TableToImageParameters parameters = input.getParameters();
        BufferedDataTable table = input.getInTable(0);
        int column = parameters.column(table.getSpec());
        DataRow row = parameters.row(table);
        DataCell cell = row.getCell(column);
        if (!(cell instanceof ScaledImageValue image)) {
            throw new ParameterException("Row", "no image in '" + row.getKey().getString() + "'", "a row that has one");
        }
        output.setOutData(0, image.image());
    }
}
