package org.scaledimaging.knime.port;

import java.util.ArrayList;
import java.util.List;
import javax.swing.JComponent;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.table.DefaultTableModel;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.VisibleText;

/** An image's metadata as a table of names and values, for whoever looks at a port. */
public final class MetadataTable {
    private MetadataTable() {}

    /** The rows: name and value each, in the order in which they are shown. */
    public static List<List<String>> rows(ImageMetadata image) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("Name", image.name()));
        rows.add(row("Axes", image.axes()));
        rows.add(row("Pixel type", image.pixelType().label()));
        for (Dimension dimension : image.dimensions()) {
            String axis = dimension.axis().symbol();
            rows.add(row("Length " + axis, String.valueOf(dimension.length())));
            if (dimension.axis().isSpatial()) {
                String unit = dimension.unit().isEmpty() ? "" : " " + dimension.unit();
                rows.add(row("Voxel size " + axis, dimension.voxelSize() + unit));
                rows.add(row("Origin " + axis, dimension.origin() + unit));
            }
        }
        image.frame()
                .ifPresent(frame -> rows.add(row("Orientation", frame.affine().orientation())));
        if (!image.channelNames().isEmpty()) {
            rows.add(row("Channels", String.join(", ", image.channelNames())));
        }
        rows.add(row("Labels", image.labels() ? "yes" : "no"));
        return rows;
    }

    private static List<String> row(String name, String value) {
        return List.of(name, VisibleText.of(value));
    }

    /** The table, named for the tab that it is in. */
    static JComponent view(ImageMetadata image) {
        DefaultTableModel model = new DefaultTableModel(new String[] {"Property", "Value"}, 0) {
            private static final long serialVersionUID = 1L;

            @Override
            public boolean isCellEditable(int row, int column) {
                return false;
            }
        };
        rows(image).forEach(row -> model.addRow(row.toArray()));
        JScrollPane pane = new JScrollPane(new JTable(model));
        pane.setName("Image");
        return pane;
    }
}
