package org.scaledimaging.knime.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.DataType;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.omezarr.collection.CollectionLayout.Kind;
import org.scaledimaging.engine.format.omezarr.collection.Member;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.table.ImageListing.Brought;
import org.scaledimaging.knime.table.ImageListing.InCollection;
import org.scaledimaging.knime.table.ImageListing.Listed;
import org.scaledimaging.knime.table.ListImagesParameters.Images;
import org.scaledimaging.knime.view.Thumbnail;
import org.scaledimaging.knime.work.PropertiesTable;
import org.scaledimaging.knime.work.PropertiesTable.Measured;

/** The table of List Images: where an image is, then what Image Properties says of one. */
public final class ListedTable {
    private static final String SOURCE = "Source"; // the same as the path

    private static final DataColumnSpec[] PLACE = {
        column("Path", StringCell.TYPE),
        column("Collection", StringCell.TYPE),
        column("Series", LongCell.TYPE),
        column("Well", StringCell.TYPE),
        column("Field of view", LongCell.TYPE),
        column("Unique name", StringCell.TYPE)
    };

    private final PropertiesTable properties = new PropertiesTable(Optional.empty());
    private final int[] shown;
    private final Set<String> names = new HashSet<>();

    private final Images images;

    public ListedTable(Images images) {
        this.images = images;
        DataTableSpec all = properties.spec();
        shown = IntStream.range(0, all.getNumColumns())
                .filter(index -> !all.getColumnSpec(index).getName().equals(SOURCE))
                .toArray();
    }

    private static DataColumnSpec column(String name, DataType type) {
        return new DataColumnSpecCreator(name, type).createSpec();
    }

    public DataTableSpec spec() {
        DataTableSpec all = properties.spec();
        DataTableSpecCreator columns = new DataTableSpecCreator()
                .addColumns(PLACE)
                .addColumns(IntStream.of(shown).mapToObj(all::getColumnSpec).toArray(DataColumnSpec[]::new));
        if (images != Images.NONE) {
            columns.addColumns(column("Image", ScaledImageCell.TYPE));
        }
        return columns.createSpec();
    }

    /** @throws IOException when voxels are looked at, and cannot be read */
    public List<DataCell> row(ImageListing listing, Listed listed, Image image, Execution execution)
            throws IOException {
        Optional<InCollection> collection = listed.collection();
        Optional<Member> member = collection.map(InCollection::member);
        boolean series =
                collection.isPresent() && collection.get().of().layout().kind() == Kind.SERIES;
        List<DataCell> cells = new ArrayList<>();
        cells.add(new StringCell(listing.text(listed, listed.location())));
        cells.add(text(collection.isEmpty() ? Optional.empty() : Optional.of(listing.text(listed, listed.place()))));
        cells.add(number(member.filter(each -> series).map(Member::number)));
        cells.add(text(member.flatMap(Member::well)));
        cells.add(number(member.filter(each -> !series).map(Member::number)));
        cells.add(new StringCell(uniqueName(listed)));
        List<DataCell> all = properties.row(new Measured(image.metadata(), "", Optional.empty(), Optional.empty()));
        IntStream.of(shown).mapToObj(all::get).forEach(cells::add);
        if (images != Images.NONE) {
            Optional<byte[]> thumbnail =
                    images == Images.THUMBNAILS ? Optional.of(Thumbnail.png(image, execution)) : Optional.empty();
            cells.add(ScaledImageCell.of(
                    ScaledImagePortObject.of(image, listed.brought().flatMap(Brought::store)), thumbnail));
        }
        return cells;
    }

    /** No other row has it, nor one that differs in case alone, so that results can be called by it. */
    private String uniqueName(Listed listed) {
        String inside = listed.collection()
                .map(collection -> "_" + collection.member().path().replaceAll("[/\\\\]", "_"))
                .orElse("");
        String name = ImageFormats.stem(listed.place().name()) + inside;
        String unique = name;
        for (int number = 2; !names.add(unique.toLowerCase(Locale.ROOT)); number++) {
            unique = name + "_" + number;
        }
        return unique;
    }

    private static DataCell text(Optional<String> value) {
        return value.<DataCell>map(StringCell::new).orElseGet(DataType::getMissingCell);
    }

    private static DataCell number(Optional<Integer> value) {
        return value.<DataCell>map(LongCell::new).orElseGet(DataType::getMissingCell);
    }
}
