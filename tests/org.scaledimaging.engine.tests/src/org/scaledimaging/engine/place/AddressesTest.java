package org.scaledimaging.engine.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.target.AtomicTarget;

class AddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://bucket/out.ome.zarr",
                "S3:/bucket/out.ome.zarr",
                "https://host/out.ome.zarr",
                "gs://b/o.nii",
                "az://b/o.nii",
                "abfs://c@a.dfs.core.windows.net/o.nii",
                "ftp://h/o.nii",
                "file:///data/o.nii",
                "file:o.nii",
                "whatever+else://x/o.nii"
            })
    void addressesAreTold(String text) {
        assertEquals(
                text.substring(0, text.indexOf(':')).toLowerCase(),
                Addresses.scheme(text).orElseThrow());
        assertThrows(TargetException.class, () -> Addresses.target(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"out.nii", "/s3/out.nii", "./s3:/out.nii", "C:\\data\\out.nii", "C:/data/out.nii", "scan:1.nii"})
    void pathsAreNot(String text) {
        assertEquals(Optional.empty(), Addresses.scheme(text));
    }

    @Test
    void theSentenceHasNothingSecret() {
        TargetException refused = assertThrows(
                TargetException.class, () -> Addresses.target("https://me:pass@host/a/out.ome.zarr/?sig=secret"));
        assertTrue(
                refused.getMessage().startsWith("https:…/out.ome.zarr: found an address to write to, expected a path"),
                refused.getMessage());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no such path there")
    void aPathMadeOfAnAddressIsRefusedAsATargetAndAsASource() throws IOException {
        Path path = Path.of("s3://bucket/out.ome.zarr");
        assertThrows(TargetException.class, () -> AtomicTarget.check(path, true, List.of()));
        assertThrows(TargetException.class, () -> AtomicTarget.create(path, true, List.of()));
        assertFalse(Files.exists(Path.of("s3:")));
        String sentence =
                assertThrows(ImageFormatException.class, () -> Image.open(path)).getMessage();
        assertTrue(sentence.startsWith("Image: found an address that starts with s3:"), sentence);
    }
}
