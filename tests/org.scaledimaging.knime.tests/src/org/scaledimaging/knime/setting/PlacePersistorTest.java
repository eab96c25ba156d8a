package org.scaledimaging.knime.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.webui.node.dialog.defaultdialog.NodeParametersUtil;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.persistence.NodeParametersPersistor;
import org.knime.node.parameters.persistence.Persistor;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.nodes.NodeSetTest;
import org.scaledimaging.knime.setting.text.ChosenPlace;
import org.scaledimaging.knime.setting.text.Location;

/** Flow variables of the type Path set places: KNIME writes them over an empty path that is kept beside the text. */
class PlacePersistorTest {
    private static LoadImageParameters load(NodeSettings settings) throws InvalidSettingsException {
        return NodeParametersUtil.loadSettings(settings, LoadImageParameters.class);
    }

    private static NodeSettings saved(String path) {
        LoadImageParameters parameters = new LoadImageParameters();
        parameters.path = ChosenPlace.of(path);
        NodeSettings settings = new NodeSettings("model");
        NodeParametersUtil.saveSettings(LoadImageParameters.class, parameters, settings);
        return settings;
    }

    /** As KNIME's type of such variables does it: the config is made anew. */
    private static void overwrite(NodeSettings settings, String system, String specifier, String path) {
        NodeSettingsWO location = settings.addNodeSettings("pathVariable");
        location.addBoolean("location_present", true);
        location.addString("file_system_type", system);
        if (specifier != null) {
            location.addString("file_system_specifier", specifier);
        }
        location.addString("path", path);
    }

    @Test
    void whatIsKeptIsTheTextAndAnEmptyPath() throws Exception {
        NodeSettings settings = saved("/data/a.nii");
        assertEquals("/data/a.nii", settings.getString("path"));
        NodeSettings location = settings.getNodeSettings("pathVariable");
        assertEquals(
                List.of("location_present"), new ArrayList<>(location.keySet())); // else KNIME writes nothing over it
        assertEquals(false, location.getBoolean("location_present"));
        assertEquals("/data/a.nii", ChosenPlace.text(load(settings).path));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "LOCAL, -, /data/b c.nii, /data/b c.nii",
                "RELATIVE, knime.workflow.data, images/b c.nii, knime://knime.workflow/data/images/b%20c.nii",
                "RELATIVE, knime.workflow, ../b.nii, knime://knime.workflow/../b.nii",
                "RELATIVE, knime.mountpoint, /b.nii, knime://knime.mountpoint/b.nii",
                "RELATIVE, knime.space, b#.nii, knime://knime.space/b%23.nii",
                "MOUNTPOINT, LOCAL, /b.nii, knime://LOCAL/b.nii",
                "HUB_SPACE, *a1, /b c.nii, hub-space://*a1/b%20c.nii",
                "CONNECTED, amazon-s3:eu, /bucket/b c.nii, connected://amazon-s3%3Aeu//bucket/b%20c.nii",
                "CONNECTED, bare, b.nii, connected://bare/b.nii",
                "CUSTOM_URL, 1000, https://host/b.ome.zarr, https://host/b.ome.zarr"
            },
            nullValues = "-")
    void aVariableGoesBeforeTheText(String system, String specifier, String path, String expected) throws Exception {
        NodeSettings settings = saved("/data/a.nii");
        overwrite(settings, system, specifier, path);
        assertEquals(expected, ChosenPlace.text(load(settings).path));
    }

    private static String refused(String place) {
        try {
            return Location.path("Image", place).toString();
        } catch (ParameterException e) {
            return Sentences.of(e);
        }
    }

    @Test
    void aPlaceElsewhereAndAnEmptyOneAreRefusedInASentence() throws Exception {
        NodeSettings settings = saved("/data/a.nii");
        overwrite(settings, "CONNECTED", "amazon-s3:eu", "/bucket/b.nii");
        String sentence = refused(ChosenPlace.text(load(settings).path));
        assertTrue(
                sentence.startsWith("Image: found a path in the file system amazon-s3:eu, expected its connection at"
                        + " the port File System Connection where the node has one, or an absolute path"),
                sentence);
        overwrite(settings, "LOCAL", null, "");
        assertTrue(refused(ChosenPlace.text(load(settings).path))
                .startsWith("Image: found an empty path, expected an absolute path"));
        assertTrue(refused("").startsWith("Image: found nothing, expected an absolute path"));
        assertTrue(refused("missing").startsWith("Image: found 'missing', expected an absolute path"));
    }

    /** They are only read: what is written has to be a place that KNIME knows. */
    @Test
    void imagesMayBeInObjectStores() throws Exception {
        for (String place : List.of("s3://bucket/a/b.ome.zarr", "gs://bucket/b.ome.zarr")) {
            assertEquals(place, Location.image("Image", place, true).toString());
            ScaledProcessingParameters masked = new ScaledProcessingParameters();
            masked.mask = place;
            assertEquals(Optional.of(place), masked.options(Optional.empty()).mask());
            assertThrows(ParameterException.class, () -> Location.target("Folder", place));
        }
        ParameterException mistake =
                assertThrows(ParameterException.class, () -> Location.image("Image", "s3:///b.ome.zarr", true));
        assertEquals(
                "Image: found an address with a mistake, expected one like s3://bucket/image.ome.zarr.",
                Sentences.of(mistake));
    }

    /** A setting of Scaled Processing whose variable of the type Path is set. */
    private static ScaledProcessingParameters scaled(String group, String key, String path) throws Exception {
        NodeSettings settings = new NodeSettings("model");
        NodeParametersUtil.saveSettings(ScaledProcessingParameters.class, new ScaledProcessingParameters(), settings);
        NodeSettings owner = group.isEmpty() ? settings : (NodeSettings) settings.getNodeSettings(group);
        NodeSettingsWO location = owner.addNodeSettings(key + "Variable");
        location.addBoolean("location_present", true);
        location.addString("file_system_type", "LOCAL");
        location.addString("path", path);
        return NodeParametersUtil.loadSettings(settings, ScaledProcessingParameters.class);
    }

    @Test
    void imagesThatAreParametersAreSetByPathsToo() throws Exception {
        assertEquals("/data/w.nii", scaled("n4", "weight", "/data/w.nii").n4.weight);
        assertEquals("/data/ref.nii", scaled("", "estimateFrom", "/data/ref.nii").estimateFrom);
        assertEquals("time=b0:/data/dwi.bval", scaled("", "estimateFrom", "/data/dwi.bval").estimateFrom);
        assertEquals("each", new ScaledProcessingParameters().estimateFrom);
    }

    /** A row of a loop that has no path is no reason to go on without the mask. */
    @Test
    void anEmptyPathIsNotTheSameAsNone() throws Exception {
        for (String key : List.of("mask", "applyMask", "estimateFrom")) {
            ScaledProcessingParameters empty = scaled("", key, "");
            String sentence = Sentences.of(
                    assertThrows(ParameterException.class, () -> empty.options(Optional.empty(), false), key));
            assertTrue(sentence.matches(".*: found an empty path, expected an absolute path.*"), sentence);
        }
        ScaledProcessingParameters weight = scaled("n4", "weight", "");
        assertThrows(ParameterException.class, weight.n4::valuesHere);
        assertEquals(
                Optional.empty(),
                new ScaledProcessingParameters()
                        .options(Optional.empty(), false)
                        .mask());
    }

    @Test
    void nodesFromBeforeHaveTheTextAlone() throws Exception {
        NodeSettings settings = saved("/data/a.nii");
        NodeSettings before = new NodeSettings("model");
        before.addString("path", settings.getString("path"));
        for (String key : List.of("level", "channel", "time")) {
            before.addInt(key, settings.getInt(key));
        }
        for (String key : List.of("copyIntoWorkflow", "oneChannel", "oneTime")) {
            before.addBoolean(key, settings.getBoolean(key));
        }
        assertEquals("/data/a.nii", ChosenPlace.text(load(before).path));
    }

    @Test
    void everyPersistorKeepsTheSettingThatItIsOf() throws Exception {
        List<String> places = new ArrayList<>();
        for (DefaultNodeFactory node : NodeSetTest.factories()) {
            for (Field field : NodeSetTest.fields(NodeSetTest.parameters(node))) {
                Persistor persistor = field.getAnnotation(Persistor.class);
                if (persistor != null) {
                    NodeParametersPersistor<?> made =
                            persistor.value().getConstructor().newInstance();
                    assertEquals(field.getName(), made.getConfigPaths()[0][0]);
                    places.add(field.getName());
                }
            }
        }
        assertTrue(places.containsAll(
                List.of("path", "place", "folder", "file", "temporaryFolder", "mask", "weight", "estimateFrom")));
    }
}
