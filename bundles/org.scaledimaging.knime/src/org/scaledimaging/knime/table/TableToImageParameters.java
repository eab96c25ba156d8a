package org.scaledimaging.knime.table;

import java.util.ArrayList;
import java.util.List;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.scaledimaging.engine.message.ParameterException;

/** The settings of Table to Image. Field names are the settings' keys: they stay. */
public final class TableToImageParameters implements NodeParameters {
    private static final String COLUMN_TITLE = "Column";
    private static final String ROW_TITLE = "Row";
    private static final String FIRST = "";

    /** The first column of images, and each by its name. */
    public static final class ImageColumns implements StringChoicesProvider {
        @Override
        public List<StringChoice> computeState(NodeParametersInput context) {
            List<StringChoice> choices = new ArrayList<>(List.of(new StringChoice(FIRST, "The first with images")));
            context.getInPortSpec(0)
                    .filter(DataTableSpec.class::isInstance)
                    .map(DataTableSpec.class::cast)
                    .ifPresent(table -> columns(table)
                            .forEach(index -> choices.add(StringChoice.fromId(
                                    table.getColumnSpec(index).getName()))));
            return choices;
        }
    }

    @Widget(title = COLUMN_TITLE, description = "Which column the image is in: one of the type Scaled Image.")
    @ChoicesProvider(ImageColumns.class)
    public String column = FIRST;

    @Widget(
            title = ROW_TITLE,
            description = "Which row to take, by its RowID; in a loop over rows, the flow variable RowID sets it. Empty"
                    + " where there is one row.")
    @TextInputWidget(placeholder = "the only one")
    public String row = "";

    private static List<Integer> columns(DataTableSpec table) {
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < table.getNumColumns(); i++) {
            DataColumnSpec column = table.getColumnSpec(i);
            if (column.getType().isCompatible(ScaledImageValue.class)) {
                columns.add(i);
            }
        }
        return columns;
    }

    /**
     * The column's number.
     *
     * @throws ParameterException when there is no such column of images
     */
    public int column(DataTableSpec table) throws ParameterException {
        List<Integer> columns = columns(table);
        if (columns.isEmpty()) {
            throw new ParameterException(
                    COLUMN_TITLE, "no column of images", "a table of Images to Table, or of List Images with images");
        }
        if (column.isEmpty()) {
            return columns.get(0);
        }
        List<String> names = columns.stream()
                .map(index -> table.getColumnSpec(index).getName())
                .toList();
        if (!names.contains(column)) {
            throw new ParameterException(COLUMN_TITLE, "'" + column + "'", "one of " + String.join(", ", names));
        }
        return columns.get(names.indexOf(column));
    }

    /**
     * The row.
     *
     * @throws ParameterException when there is none of that RowID, or several and none is chosen
     */
    public DataRow row(BufferedDataTable table) throws ParameterException {
        if (row.isEmpty() && table.size() != 1) {
            throw new ParameterException(
                    ROW_TITLE,
                    "nothing, and " + table.size() + " rows",
                    "the RowID of one of them, or a table of one row");
        }
        for (DataRow each : table) {
            if (row.isEmpty() || each.getKey().getString().equals(row)) {
                return each;
            }
        }
        throw new ParameterException(ROW_TITLE, "'" + row + "'", "the RowID of one of the " + table.size() + " rows");
    }
}
