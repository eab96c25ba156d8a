package org.scaledimaging.engine.zarr.store.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.s3.write.ObjectFolder;
import org.scaledimaging.engine.s3.write.StoreInMemory;

/** Values that are written to a store are read back from it, however long writing takes. */
class UploadStoreTest {
    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }

    @Test
    void whatIsWrittenLaterThanMetadataWereReadIsNoChange() throws Exception {
        ImageLocation.Remote place = (ImageLocation.Remote) ImageLocation.parse(StoreInMemory.IMAGE.toString());
        try (StoreInMemory store = new StoreInMemory();
                ObjectFolder folder = new ObjectFolder(place.address())) {
            UploadStore written = new UploadStore(place, folder);
            written.put("0/zarr.json", bytes(1));
            assertEquals(Optional.of(bytes(1)), written.get("0/zarr.json", 10));
            store.later = 3600;
            written.put("0/c/0", bytes(2, 3));
            assertEquals(Optional.of(bytes(2, 3)), written.get("0/c/0", 10));
            assertArrayEquals(new byte[] {2, 3}, written.get("0/c/0", 0, 2).array());
        }
    }
}
