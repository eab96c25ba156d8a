package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.image.ImageSource;

/** All resolutions of what we wrote, as another program reads them. */
final class EveryLevel {
    private EveryLevel() {}

    /**
     * Full resolution equals the image that was written, coarser ones what we ourselves read there; the metadata say
     * where each lies.
     *
     * @param zarrFormat 2 or 3
     */
    static void assertReadBy(Tool tool, Path place, MemoryImage written, Path folder, int zarrFormat) throws Exception {
        try (Image image = Image.open(place)) {
            assertEquals(written.metadata().dimensions(), image.metadata().dimensions());
            List<ImageSource> levels = image.source().levels();
            for (int level = 0; level < levels.size(); level++) {
                ImageSource ours = levels.get(level);
                Path voxels = folder.resolve("voxels" + level);
                JsonNode reply = tool.call(Tool.request("read")
                        .put("path", place.toString())
                        .put("array", Integer.toString(level))
                        .put("version", zarrFormat)
                        .put("voxels", voxels.toString()));
                String what = "level " + level + " of " + written.metadata();
                assertEquals(
                        Tool.json(ours.metadata().shape()).toString(),
                        reply.path("shape").toString(),
                        what);
                byte[] expected = level == 0 ? written.bytes() : Voxels.of(ours);
                Voxels.assertSame(
                        expected, Voxels.read(voxels), written.metadata().pixelType(), what);
                Multiscales.assertSay(ours.metadata(), level, reply.path("attributes"), what);
            }
        }
    }
}
