package org.scaledimaging.knime.setting.save;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.knime.core.node.InvalidSettingsException;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.TiffWriteOptions;
import org.scaledimaging.engine.format.WriteDeclaration;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.knime.setting.ScaledProcessingParameters;
import org.scaledimaging.knime.setting.text.ChosenPlace;

/** Dialogs repeat what is declared for writing and for scaled processing. */
class SaveParametersTest {

    @Test
    void untouchedDialogsWriteAsDeclared() throws Exception {
        assertEquals(OmeZarrWriteOptions.defaults(), new SaveOmeZarrParameters().options());
        assertEquals(NiftiWriteOptions.defaults(), new SaveNiftiParameters().options());
        assertEquals(TiffWriteOptions.defaults(), new SaveTiffParameters().options());
        assertEquals(ScaledProcessingOptions.defaults(), new ScaledProcessingParameters().options(Optional.empty()));
    }

    @Test
    void dialogsOfferTheChoicesThatAreDeclared() {
        assertEquals(Set.copyOf(Compression.names("0.4")), names(SaveOmeZarrParameters.Codec.values()));
        assertEquals(Set.copyOf(Compression.TIFF_NAMES), names(SaveTiffParameters.TileCodec.values()));
        assertEquals(
                Set.copyOf(parameter(OmeZarrWriteOptions.DECLARATION, "pyramid").choices()),
                names(SaveOmeZarrParameters.Pyramid.values()));
        assertEquals(
                OmeZarrWriteOptions.VERSIONS.stream()
                        .map(version -> "v" + version.replace('.', '-'))
                        .collect(Collectors.toSet()),
                names(SaveOmeZarrParameters.Version.values()));
    }

    @Test
    void codecsAreOfferedThatTheVersionHas() {
        for (SaveOmeZarrParameters.Version version : SaveOmeZarrParameters.Version.values()) {
            SaveOmeZarrParameters.Codecs codecs = new SaveOmeZarrParameters.Codecs(() -> version);
            String number = version.name().substring(1).replace('_', '.');
            assertEquals(
                    Set.copyOf(Compression.names(number)),
                    names(codecs.choices(null).toArray(SaveOmeZarrParameters.Codec[]::new)));
        }
    }

    @Test
    void aWrongEndingIsRefusedWhenTheDialogCloses() {
        SaveOmeZarrParameters zarr = new SaveOmeZarrParameters();
        for (String fine : List.of(
                "",
                "/a/b.ome.zarr",
                "knime://LOCAL/{name}.ozx",
                "/a/b.OME.ZARR.ZIP",
                "/a/b.zarr.zip",
                "/a/{name}",
                "/a.nii/b")) {
            zarr.folder = ChosenPlace.of(fine);
            assertDoesNotThrow(zarr::validate);
        }
        zarr.folder = ChosenPlace.of("/data/a.nii.gz");
        assertEquals(
                "Folder: found '/data/a.nii.gz', a name of another format, expected one that ends with .ome.zarr,"
                        + " .ome.zarr.zip or .ozx.",
                assertThrows(InvalidSettingsException.class, zarr::validate).getMessage());
        for (String other : List.of(
                "/data/{name}.OME.TIF", "/data/a.nrrd", "/data/a.mha", "/data/a.h5", "/a/b.zip", "/a/b.nii.zip")) {
            zarr.folder = ChosenPlace.of(other);
            assertThrows(InvalidSettingsException.class, zarr::validate, other);
        }
        zarr.folder = ChosenPlace.of("/data/a.ozx");
        zarr.codec = SaveOmeZarrParameters.Codec.GZIP;
        zarr.version = SaveOmeZarrParameters.Version.V0_4;
        assertTrue(assertThrows(InvalidSettingsException.class, zarr::validate)
                .getMessage()
                .startsWith("OME-Zarr version: found 0.4, expected "));
        SaveNiftiParameters nifti = new SaveNiftiParameters();
        for (String fine : List.of("", "/data/a.nii", "/data/{name}.NII.GZ")) {
            nifti.file = ChosenPlace.of(fine);
            assertDoesNotThrow(nifti::validate);
        }
        nifti.file = ChosenPlace.of("/data/a.img");
        assertThrows(InvalidSettingsException.class, nifti::validate);
        SaveTiffParameters tiff = new SaveTiffParameters();
        for (String fine : List.of("", "/data/a.tif", "/data/{name}.OME.TIFF")) {
            tiff.file = ChosenPlace.of(fine);
            assertDoesNotThrow(tiff::validate);
        }
        tiff.file = ChosenPlace.of("/data/a.ome.zarr");
        assertThrows(InvalidSettingsException.class, tiff::validate);
    }

    @Test
    void tilesThatNoOmeTiffHasAreRefusedWhenTheDialogCloses() {
        SaveTiffParameters tiff = new SaveTiffParameters();
        for (String fine : List.of("", "512", "256,512", "16x32")) {
            tiff.tileSize = fine;
            assertDoesNotThrow(tiff::validate, fine);
        }
        for (String wrong : List.of("0", "20", "16,16,16", "2.5", "big")) {
            tiff.tileSize = wrong;
            assertEquals(
                    "Tile size (pixels): found '" + wrong + "', expected one number, or one for y and one for x, as in"
                            + " 256,512: multiples of 16.",
                    assertThrows(InvalidSettingsException.class, tiff::validate).getMessage());
        }
    }

    @Test
    void compressionLevelsAreThoseDeclared() throws Exception {
        Parameter declared = parameter(NiftiWriteOptions.DECLARATION, "compressionLevel");
        SaveNiftiParameters dialog = new SaveNiftiParameters();
        for (int level : List.of((int) declared.minimum(), (int) declared.maximum())) {
            dialog.compressionLevel = level;
            assertEquals(level, dialog.options().compressionLevel());
        }
        for (int level : List.of((int) declared.minimum() - 1, (int) declared.maximum() + 1)) {
            dialog.compressionLevel = level;
            assertThrows(ParameterException.class, dialog::options);
        }
    }

    private static Parameter parameter(WriteDeclaration declaration, String name) {
        List<Parameter> found = declaration.parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .toList();
        assertTrue(found.size() == 1, name);
        return found.get(0);
    }

    private static Set<String> names(Enum<?>[] values) {
        return Stream.of(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.toSet());
    }
}
