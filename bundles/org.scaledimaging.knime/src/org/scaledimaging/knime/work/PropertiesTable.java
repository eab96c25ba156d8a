package org.scaledimaging.knime.work;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.statistics.Statistics;

/** The columns of Image Properties and what they hold of an image. What an image does not have is missing. */
public final class PropertiesTable {

    /** An image and, if they were computed, its statistics. */
    public record Measured(
            ImageMetadata image, String source, Optional<Statistics> statistics, Optional<byte[]> thumbnail) {

        /** Without a picture. */
        public Measured(ImageMetadata image, String source, Optional<Statistics> statistics) {
            this(image, source, statistics, Optional.empty());
        }
    }

    private record Column(DataType type, Function<Measured, Optional<?>> value) {

        DataCell cell(Measured measured) {
            Object found = value.apply(measured).orElse(null);
            if (found instanceof Double number) {
                return number.isNaN() ? DataType.getMissingCell() : new DoubleCell(number);
            } else if (found instanceof Long number) {
                return new LongCell(number);
            } else if (found instanceof byte[] png) {
                return new PNGImageContent(png).toImageCell();
            }
            return found == null ? DataType.getMissingCell() : new StringCell(found.toString());
        }
    }

    private final Map<String, Column> columns = new LinkedHashMap<>();

    /** Without a picture. */
    public PropertiesTable(Optional<List<Double>> percentiles) {
        this(percentiles, false);
    }

    /**
     * @param percentiles of the statistics; empty where there are no statistics
     * @param thumbnail whether there is a picture
     */
    public PropertiesTable(Optional<List<Double>> percentiles, boolean thumbnail) {
        text("Name", measured -> Optional.of(measured.image.name()));
        text("Source", measured -> Optional.of(measured.source));
        text("Axes", measured -> Optional.of(measured.image.axes()));
        text("Pixel type", measured -> Optional.of(measured.image.pixelType().label()));
        for (Axis axis : Axis.values()) {
            whole(
                    "Length " + axis.symbol(),
                    measured -> dimension(measured, axis).map(Dimension::length));
        }
        for (Axis axis : new Axis[] {Axis.Z, Axis.Y, Axis.X}) {
            number(
                    "Voxel size " + axis.symbol(),
                    measured -> dimension(measured, axis).map(Dimension::voxelSize));
        }
        for (Axis axis : new Axis[] {Axis.Z, Axis.Y, Axis.X}) {
            number(
                    "Origin " + axis.symbol(),
                    measured -> dimension(measured, axis).map(Dimension::origin));
        }
        text(
                "Unit",
                measured -> dimension(measured, Axis.X).map(Dimension::unit).filter(unit -> !unit.isEmpty()));
        text(
                "Orientation",
                measured -> measured.image.frame().map(frame -> frame.affine().orientation()));
        text(
                "Channels",
                measured -> Optional.of(String.join(", ", measured.image.channelNames()))
                        .filter(names -> !names.isEmpty()));
        percentiles.ifPresent(this::statistics);
        if (thumbnail) {
            columns.put("Thumbnail", new Column(PNGImageContent.TYPE, measured -> measured.thumbnail));
        }
    }

    private void statistics(List<Double> percentiles) {
        whole("Voxels", measured -> measured.statistics.map(Statistics::voxels));
        whole("Finite voxels", measured -> measured.statistics.map(Statistics::finiteVoxels));
        number("Minimum", measured -> measured.statistics.map(Statistics::minimum));
        number("Maximum", measured -> measured.statistics.map(Statistics::maximum));
        number("Mean", measured -> measured.statistics.map(Statistics::mean));
        number("Standard deviation", measured -> measured.statistics.map(Statistics::standardDeviation));
        for (int i = 0; i < percentiles.size(); i++) {
            int position = i;
            double percentile = percentiles.get(i);
            number(
                    "Percentile " + NumberList.written(percentile),
                    measured ->
                            measured.statistics.map(found -> found.percentiles().get(position)));
        }
    }

    private static Optional<Dimension> dimension(Measured measured, Axis axis) {
        return measured.image.dimensions().stream()
                .filter(dimension -> dimension.axis() == axis)
                .findFirst();
    }

    private void text(String name, Function<Measured, Optional<?>> value) {
        columns.put(name, new Column(StringCell.TYPE, value));
    }

    private void whole(String name, Function<Measured, Optional<?>> value) {
        columns.put(name, new Column(LongCell.TYPE, value));
    }

    private void number(String name, Function<Measured, Optional<?>> value) {
        columns.put(name, new Column(DoubleCell.TYPE, value));
    }

    public DataTableSpec spec() {
        DataColumnSpec[] specs = columns.entrySet().stream()
                .map(column -> new DataColumnSpecCreator(column.getKey(), column.getValue().type).createSpec())
                .toArray(DataColumnSpec[]::new);
        return new DataTableSpecCreator().addColumns(specs).createSpec();
    }

    public List<DataCell> row(Measured measured) {
        List<DataCell> cells = new ArrayList<>();
        columns.values().forEach(column -> cells.add(column.cell(measured)));
        return cells;
    }
}
