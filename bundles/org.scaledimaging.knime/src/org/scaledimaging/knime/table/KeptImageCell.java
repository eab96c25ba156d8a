package org.scaledimaging.knime.table;

import java.io.IOException;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataCellDataInput;
import org.knime.core.data.DataCellDataOutput;
import org.knime.core.data.DataCellSerializer;
import org.knime.core.data.DataValue;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStoreCell;
import org.scaledimaging.knime.port.ImageContent;
import org.scaledimaging.knime.port.ScaledImagePortObject;

/** An image in a table with what it needs besides its source, in a file store of the workflow. */
public final class KeptImageCell extends FileStoreCell implements ScaledImageValue {
    private static final long serialVersionUID = 1;

    /** Writes all but the file store, which KNIME looks after. */
    public static final class Serializer implements DataCellSerializer<KeptImageCell> {
        @Override
        public void serialize(KeptImageCell cell, DataCellDataOutput output) throws IOException {
            cell.content.write(output);
        }

        @Override
        public KeptImageCell deserialize(DataCellDataInput input) throws IOException {
            return new KeptImageCell(ImageContent.read(input));
        }
    }

    private final transient ImageContent content;

    /** Read back: KNIME adds the file store later. */
    private KeptImageCell(ImageContent content) {
        this.content = content;
    }

    KeptImageCell(ImageContent content, FileStore store) {
        super(new FileStore[] {store});
        this.content = content;
    }

    @Override
    public ImageContent content() {
        return content;
    }

    @Override
    public ScaledImagePortObject image() {
        return content.image(getFileStores());
    }

    @Override
    public String toString() {
        return content.spec().inOneLine();
    }

    @Override
    protected boolean equalsDataCell(DataCell other) {
        return super.equalsDataCell(other) && content.equals(((KeptImageCell) other).content);
    }

    @Override
    protected boolean equalContent(DataValue other) {
        return false; // the other kind has no file store
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }
}
