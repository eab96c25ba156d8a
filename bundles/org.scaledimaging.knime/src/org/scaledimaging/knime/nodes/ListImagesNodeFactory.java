package org.scaledimaging.knime.nodes;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.setting.text.NodePlaces;
import org.scaledimaging.knime.table.ImageListing;
import org.scaledimaging.knime.table.ListImagesParameters;
import org.scaledimaging.knime.table.ListedTable;
import org.scaledimaging.knime.work.Kept;
import org.scaledimaging.knime.work.Work;

/** List Images: the images of a folder, plate or collection as a table, a row for each. */
public final class ListImagesNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("List Images")
            .icon("list.png")
            .shortDescription("Lists the images of a folder, plate or collection in a table.")
            .fullDescription("Gives a table with a row for each image of a folder, or of a plate, well or collection of"
                    + " OME-Zarr: its path, which series, well and field of view it is, axes, lengths, pixel type,"
                    + " voxel size and unit. Reads metadata only. To work on the images one by one, connect a"
                    + " Table Row to Variable Loop Start and set the path of Load Image by the variable Path.")
            .sinceVersion(5, 8, 0)
            .dynamicPorts(ports -> PortGroups.connected(ports, "Where the images are.")
                    .out("Images", "A row for each image.", BufferedDataTable.TYPE))
            .model(Work.model(
                    ListImagesParameters.class,
                    (input, output) -> {
                        ListImagesParameters parameters = input.getParameters();
                        parameters.check(NodePlaces.of(input.getInPortSpecs()));
                        output.setOutSpec(0, new ListedTable(parameters.images).spec());
                    },
                    ListImagesNodeFactory::execute))
            .nodeType(NodeType.Source)
            .keywords(
                    "reader", "import", "folder", "plate", "HCS", "series", "BIDS", "glob", "files", "batch", "loop",
                    "read")
            .addExternalResource("https://ngff.openmicroscopy.org/", "OME-Zarr: what plates, wells and collections are")
            .addExternalResource(
                    "https://docs.knime.com/ap/latest/analytics_platform_flow_control_guide",
                    "KNIME: loops and flow variables");

    public ListImagesNodeFactory() {
        super(NODE);
    }

    private static void execute(ExecuteInput input, ExecuteOutput output, Execution execution)
            throws ParameterException, IOException {
        ListImagesParameters parameters = input.getParameters();
        ListedTable table = new ListedTable(parameters.images);
        BufferedDataContainer container = input.getExecutionContext().createDataContainer(table.spec());
        NodePlaces places = NodePlaces.of(input.getInPortObjects());
        int[] stores = new int[1];
        ImageListing listing = new ImageListing(
                parameters,
                places,
                () -> parameters.images == ListImagesParameters.Images.NONE
                        ? Optional.empty()
                        : Optional.of(Kept.store("file-" + stores[0]++, input.getExecutionContext())));
        long[] rows = new long[1];
        try {
            List<String> leftOut = listing.forEach(
                    execution,
                    (listed, image) -> container.addRowToTable(new DefaultRow(
                            RowKey.createRowKey(rows[0]++), table.row(listing, listed, image, execution))));
            if (!leftOut.isEmpty()) {
                execution.tell(Notice.warning(summary(leftOut)));
            } else if (rows[0] == 0) {
                execution.tell(Notice.warning(parameters.location(places) + ": found no image of the names "
                        + parameters.names + ", expected at least one."));
            }
        } finally {
            container.close();
        }
        output.setOutData(0, container.getTable());
    }

    private static String summary(List<String> leftOut) {
        String first = leftOut.get(0);
        int others = leftOut.size() - 1;
        return others == 0 ? first : first + " Left out, too: " + others + " more.";
    }
}
