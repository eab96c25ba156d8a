package org.scaledimaging.knime.table;

import java.io.IOException;
import java.util.Optional;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataCellDataInput;
import org.knime.core.data.DataCellDataOutput;
import org.knime.core.data.DataCellSerializer;
import org.knime.core.data.DataType;
import org.knime.core.data.DataValue;
import org.knime.core.data.filestore.FileStore;
import org.scaledimaging.knime.port.ImageContent;
import org.scaledimaging.knime.port.ScaledImagePortObject;

/** An image in a table that needs nothing of the workflow's but its recipe. Immutable. */
public final class ScaledImageCell extends DataCell implements ScaledImageValue {
    public static final DataType TYPE = DataType.getType(ScaledImageCell.class);

    private static final long serialVersionUID = 1;

    /** Registered at the extension point for types of data. */
    public static final class Serializer implements DataCellSerializer<ScaledImageCell> {
        @Override
        public void serialize(ScaledImageCell cell, DataCellDataOutput output) throws IOException {
            cell.content.write(output);
        }

        @Override
        public ScaledImageCell deserialize(DataCellDataInput input) throws IOException {
            return new ScaledImageCell(ImageContent.read(input));
        }
    }

    private final transient ImageContent content;

    ScaledImageCell(ImageContent content) {
        this.content = content;
    }

    /** A cell of either kind: with a file store where the image has one. */
    public static DataCell of(ScaledImagePortObject image, Optional<byte[]> thumbnail) {
        ImageContent content = ImageContent.of(image);
        ImageContent shown = thumbnail.map(content::withThumbnail).orElse(content);
        Optional<FileStore> store = image.store();
        return store.isPresent() ? new KeptImageCell(shown, store.get()) : new ScaledImageCell(shown);
    }

    @Override
    public ImageContent content() {
        return content;
    }

    @Override
    public ScaledImagePortObject image() {
        return content.image();
    }

    @Override
    public String toString() {
        return content.spec().inOneLine();
    }

    @Override
    protected boolean equalsDataCell(DataCell other) {
        return content.equals(((ScaledImageCell) other).content);
    }

    @Override
    protected boolean equalContent(DataValue other) {
        return other instanceof ScaledImageCell && content.equals(((ScaledImageCell) other).content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }
}
