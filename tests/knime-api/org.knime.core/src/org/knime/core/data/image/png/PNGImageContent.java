package org.knime.core.data.image.png;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.image.ImageContent;

/** Bytes of a PNG file. */
public class PNGImageContent implements ImageContent {
    public static final DataType TYPE = DataType.getType(PNGImageCell.class);

    private final byte[] bytes;

    public PNGImageContent(byte[] imageBytes) {
        bytes = imageBytes;
    }

    public byte[] getByteArray() {
        return bytes.clone();
    }

    @Override
    public DataCell toImageCell() {
        return new PNGImageCell(this);
    }
}
