package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs at addresses that cannot be written to: refused in one line, not written into a folder of that name. */
class AddressTargetsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "convert",
                "segment",
                "crop --from 0,0,0 --to 1,1,1",
                "downsample --factor 2",
                "upsample --factor 2"
            })
    void everyVerbThatWritesRefusesThem(String verb) throws Exception {
        String[] words = verb.split(" ");
        Object[] arguments = new Object[words.length + 2];
        System.arraycopy(words, 0, arguments, 0, words.length);
        arguments[words.length] = Samples.nifti(folder);
        arguments[words.length + 1] = "https://host/out.ome.zarr";
        Run.of(arguments).refused(2, List.of("https:…/out.ome.zarr: found an address to write to"));
        assertFalse(Files.exists(Path.of("https:")));
    }

    @Test
    void soDoOptionsThatNamePlaces() throws Exception {
        Path input = Samples.nifti(folder);
        Path output = folder.resolve("out.nii");
        Run.of("process", input, output, "--plugin", "gaussian", "--temp-zarr-path", "gs://bucket/field.ome.zarr")
                .refused(2, List.of("gs:…/field.ome.zarr: found an address to write to"));
        Run.of("process", input, output, "--plugin", "gaussian", "--save-field", "https://host/field.ome.zarr")
                .refused(2, List.of("https:…/field.ome.zarr: found an address to write to"));
        Run.of("process", input, "https://host/out.ome.zarr", "--plugin", "gaussian")
                .refused(2, List.of("https:…/out.ome.zarr"));
        assertEquals(List.of("sample.nii.gz"), Samples.names(folder));
    }

    @Test
    void inputsOfOtherSchemesAreRefusedAsSuch() {
        Run.of("info", "az://bucket/image.ome.zarr")
                .refused(2, List.of("found an address that starts with az:", "http: or https:"));
    }
}
