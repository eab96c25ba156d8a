package org.knime.core.data.image.png;

import org.knime.core.data.DataCell;

/** A picture in a table. */
public class PNGImageCell extends DataCell {
    private final PNGImageContent content;

    PNGImageCell(PNGImageContent content) {
        this.content = content;
    }

    public PNGImageContent getImageContent() {
        return content;
    }

    @Override
    public String toString() {
        return "PNG";
    }

    @Override
    protected boolean equalsDataCell(DataCell other) {
        return java.util.Arrays.equals(content.getByteArray(), ((PNGImageCell) other).content.getByteArray());
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(content.getByteArray());
    }
}
