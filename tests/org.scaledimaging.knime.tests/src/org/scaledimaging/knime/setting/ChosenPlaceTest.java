package org.scaledimaging.knime.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knime.core.node.NodeSettings;
import org.knime.core.webui.node.dialog.defaultdialog.NodeParametersUtil;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelection;
import org.knime.filehandling.core.connections.FSLocation;
import org.scaledimaging.knime.setting.text.ChosenPlace;

/** Places from KNIME's file choosers are kept as the text that says the same. */
class ChosenPlaceTest {
    private static FileSelection chosen(String category, String specifier, String path) {
        return new FileSelection(new FSLocation(category, specifier, path));
    }

    private static NodeSettings kept(FileSelection place) throws Exception {
        LoadImageParameters parameters = new LoadImageParameters();
        parameters.path = place;
        NodeSettings settings = new NodeSettings("model");
        NodeParametersUtil.saveSettings(LoadImageParameters.class, parameters, settings);
        return settings;
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "LOCAL, -, /data/b c.nii, /data/b c.nii",
                "RELATIVE, knime.workflow.data, images/b c.nii, knime://knime.workflow/data/images/b%20c.nii",
                "RELATIVE, knime.space, b+c#.nii, knime://knime.space/b%2Bc%23.nii",
                "RELATIVE, knime.space, out/{name}.nii, knime://knime.space/out/{name}.nii",
                "CUSTOM_URL, 10000, https://host/b.ome.zarr, https://host/b.ome.zarr",
                "CUSTOM_URL, 10000, knime://LOCAL/b.nii, knime://LOCAL/b.nii"
            },
            nullValues = "-")
    void whatIsChosenIsThereAgainWhenTheDialogOpens(String category, String specifier, String path, String text)
            throws Exception {
        FileSelection chosen = chosen(category, specifier, path);
        NodeSettings settings = kept(chosen);
        assertEquals(text, settings.getString("path"));
        assertEquals(text, ChosenPlace.text(chosen));
        assertEquals(chosen, NodeParametersUtil.loadSettings(settings, LoadImageParameters.class).path);
    }

    /** Which file system it is says the port, so that another can be connected; dialogs make of it a path there again. */
    @Test
    void aPathInAConnectedFileSystemIsKeptAsItIsThere() throws Exception {
        NodeSettings settings = kept(chosen("CONNECTED", "amazon-s3:eu", "/bucket/b c.nii"));
        assertEquals("/bucket/b c.nii", settings.getString("path"));
        assertEquals(
                chosen("LOCAL", null, "/bucket/b c.nii"),
                NodeParametersUtil.loadSettings(settings, LoadImageParameters.class).path);
        assertEquals(
                "connected://amazon-s3%3Aeu//bucket/{name}.nii",
                ChosenPlace.text(chosen("CONNECTED", "amazon-s3:eu", "/bucket/{name}.nii")));
    }

    /** Users, and flow variables, write what is no address everywhere: dialogs open, and nodes say what is wrong. */
    @ParameterizedTest
    @CsvSource({
        "knime://knime.workflow/data/100%.nii, RELATIVE, 100%.nii",
        "knime://knime.space/50%/b.nii, RELATIVE, 50%/b.nii",
        "connected://x/100%, CONNECTED, 100%"
    })
    void aPercentSignThatIsOneIsTaken(String text, String category, String path) {
        FSLocation location = ChosenPlace.of(text).getFSLocation();
        assertEquals(category, location.getFileSystemCategory());
        assertEquals(path, location.getPath());
    }

    @Test
    void nothingChosenIsNoPlace() {
        assertEquals("", ChosenPlace.text(null));
        assertEquals("", ChosenPlace.text(chosen("CONNECTED", "amazon-s3:eu", "")));
        assertTrue(ChosenPlace.text(new LoadImageParameters().path).isEmpty());
    }
}
