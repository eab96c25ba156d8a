package org.scaledimaging.engine.operation.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.http.FaultyServer;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.message.ImageFormatException;

/** Recipes of images on servers, and of zip files. */
class RemoteRecipesTest {
    @TempDir
    private Path folder;

    private FaultyServer server;

    @BeforeEach
    void start() throws Exception {
        server = new FaultyServer(folder);
        Image.of(FormulaSource.of("zyx", PixelType.UINT16, new long[] {9, 10, 11}, FormulaSource::scattered))
                .saveOmeZarr(folder.resolve("a.zarr"));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static short[] voxels(Image image) throws Exception {
        return (short[]) image.source().read(image.metadata().interval()).voxels();
    }

    private void changed(String recipe) {
        ImageFormatException refused =
                assertThrows(ImageFormatException.class, () -> Image.fromJson(recipe, Execution.standard()));
        assertTrue(refused.getMessage().contains("found an image changed since"), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }

    @Test
    void aRecipeOfAnAddressOpensAgainUntilTheImageChanges() throws Exception {
        server.setHeaders("ETag: \"one\"\r\nLast-Modified: Mon, 23 Nov 2026 10:00:00 GMT\r\n");
        String recipe;
        short[] expected;
        try (Image image = Image.open(server.address("a.zarr/"))) {
            Image crop = image.crop(List.of(1L, 2L, 3L), List.of(4L, 5L, 6L));
            recipe = crop.toJson();
            expected = voxels(crop);
            assertEquals(List.of(), crop.recipe().orElseThrow().sources(), "no file that a target could overwrite");
        }
        try (Image again = Image.fromJson(recipe, Execution.standard())) {
            assertArrayEquals(expected, voxels(again));
        }
        server.setHeaders("ETag: \"two\"\r\nLast-Modified: Mon, 23 Nov 2026 10:00:00 GMT\r\n");
        changed(recipe);
        server.setHeaders("ETag: \"one\"\r\nLast-Modified: Mon, 23 Nov 2026 10:00:01 GMT\r\n");
        changed(recipe);
        server.setHeaders("ETag: \"one\"\r\nLast-Modified: Mon, 23 Nov 2026 10:00:00 GMT\r\n");
        Files.writeString(
                folder.resolve("a.zarr/0/zarr.json"), Files.readString(folder.resolve("a.zarr/0/zarr.json")) + " ");
        changed(recipe);
    }

    @Test
    void aServerThatTellsNeitherTagNorTimeIsHeldToTheSizes() throws Exception {
        String recipe;
        try (Image image = Image.open(server.address("a.zarr"))) {
            recipe = image.toJson();
        }
        Image.fromJson(recipe, Execution.standard()).close();
        Files.writeString(
                folder.resolve("a.zarr/zarr.json"), Files.readString(folder.resolve("a.zarr/zarr.json")) + " ");
        changed(recipe);
    }

    @Test
    void nothingSecretGetsIntoARecipe() throws Exception {
        try (Image image = Image.open(server.address("a.zarr?token=SECRET"))) {
            assertFalse(image.toJson().contains("SECRET"), image.toJson());
            Path target = folder.resolve("copy.zarr");
            image.saveOmeZarr(target);
            assertFalse(Files.readString(target.resolve("zarr.json")).contains("SECRET"));
        }
        String address = server.address("a.zarr").replace("http://", "http://me:SECRET@");
        ImageFormatException refused = assertThrows(ImageFormatException.class, () -> Image.open(address));
        assertTrue(refused.getMessage().contains("found a user name or password"), refused.getMessage());
        assertFalse(refused.getMessage().contains("SECRET"), refused.getMessage());
    }

    @Test
    void addressesOfOtherKindsAreRefusedInOneSentence() {
        for (String[] one : new String[][] {
            {"ftp://host/a.zarr", "an address that starts with ftp:"},
            {"az://bucket/a.zarr", "an address that starts with az:"},
            {"https:///a.zarr", "address with"},
            {"https://host/a b\u0000.zarr", "an address with a mistake"},
            {server.address("brain.nii.gz"), "no such file"},
            {server.address("brain.NII"), "no such file"},
            {server.address("none.ozx"), "no such file"}
        }) {
            ImageFormatException refused = assertThrows(ImageFormatException.class, () -> Image.open(one[0]), one[0]);
            assertTrue(refused.getMessage().contains(one[1]), refused.getMessage());
        }
    }

    @Test
    void aRecipeOfAZipFileRefusesAChangedOne() throws Exception {
        Path zip = folder.resolve("a.ozx");
        String recipe;
        try (Image image = Image.open(folder.resolve("a.zarr"))) {
            image.saveOmeZarr(zip);
        }
        try (Image image = Image.open(zip)) {
            recipe = image.toJson();
            try (Image again = Image.fromJson(recipe, Execution.standard())) {
                assertArrayEquals(voxels(image), voxels(again));
            }
        }
        Files.setLastModifiedTime(zip, java.nio.file.attribute.FileTime.fromMillis(1_700_000_000_000L));
        changed(recipe);
    }
}
