package org.scaledimaging.engine.operation.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Fixtures;
import org.scaledimaging.engine.message.ImageFormatException;

class TiffRecipeTest {

    @Test
    void aRecipeRefusesWhenOneOfSeveralFilesWasChanged(@TempDir Path folder) throws Exception {
        for (int c = 0; c < 3; c++) {
            String name = "multi-c" + c + ".ome.tif";
            Files.copy(Fixtures.folder("tiff").resolve(name), folder.resolve(name));
        }
        String recipe;
        short[] voxels;
        try (Image image = Image.open(folder.resolve("multi-c1.ome.tif")).channel(2)) {
            recipe = image.toJson();
            voxels = (short[]) image.source().read(image.metadata().interval()).voxels();
        }
        try (Image again = Image.fromJson(recipe, Execution.standard())) {
            assertArrayEquals(voxels, (short[])
                    again.source().read(again.metadata().interval()).voxels());
        }
        Path other = folder.resolve("multi-c0.ome.tif");
        FileTime later = FileTime.fromMillis(System.currentTimeMillis() + 5000);
        Files.setLastModifiedTime(other, later);
        ImageFormatException e =
                assertThrows(ImageFormatException.class, () -> Image.fromJson(recipe, Execution.standard()));
        assertTrue(e.getMessage().contains("changed since the recipe was made"), e::getMessage);
    }
}
