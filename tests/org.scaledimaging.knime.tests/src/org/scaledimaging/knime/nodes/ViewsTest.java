package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.image.png.PNGImageCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.image.ImagePortObject;
import org.knime.core.node.workflow.NativeNodeContainer;
import org.knime.core.node.workflow.NodeContainer;
import org.knime.core.node.workflow.NodeContext;
import org.knime.core.webui.data.DataServiceException;
import org.knime.core.webui.node.dialog.defaultdialog.NodeParametersUtil;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.DefaultView.ViewInput;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.picture.plane.Plane;
import org.scaledimaging.engine.picture.plane.Slices;
import org.scaledimaging.engine.segmentation.OtsuOptions;
import org.scaledimaging.engine.segmentation.Segmentation;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.ImagePropertiesParameters;
import org.scaledimaging.knime.setting.ImageViewerParameters;
import org.scaledimaging.knime.setting.LoadImageParameters;
import org.scaledimaging.knime.setting.ScaledProcessingParameters;
import org.scaledimaging.knime.setting.SegmentImageParameters;
import org.scaledimaging.knime.setting.ViewParameters;
import org.scaledimaging.knime.setting.text.ChosenPlace;
import org.scaledimaging.knime.view.ViewService;

/** Views are given what they show: after execution, and by what their pages ask for. */
class ViewsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path temporary;

    /** A view of a node that keeps something, as KNIME opens it. */
    private static JsonNode opened(Class<?> factory, PortObject[] kept) throws Exception {
        Object node = NodeRunner.definition(
                (DefaultNodeFactory) factory.getConstructor().newInstance());
        Object view = NodeRunner.field(node, "m_view");
        ViewInput input = (ViewInput) Proxy.newProxyInstance(
                ViewsTest.class.getClassLoader(),
                new Class<?>[] {ViewInput.class},
                (proxy, method, arguments) -> method.getName().equals("getParameters") ? new ViewParameters() : kept);
        @SuppressWarnings("unchecked")
        Function<ViewInput, ?> data = (Function<ViewInput, ?>) NodeRunner.field(view, "initialData");
        return MAPPER.readTree((String) data.apply(input));
    }

    private static NodeRunner viewer(ImageViewerParameters parameters) throws Exception {
        return new NodeRunner(new ImageViewerNodeFactory(), parameters);
    }

    private static ScaledImagePortObject labels(ScaledImagePortObject image) throws Exception {
        return new NodeRunner(new SegmentImageNodeFactory(), new SegmentImageParameters()).image(image);
    }

    @Test
    void theViewerKeepsImagesAndMakesAPicture() throws Exception {
        ScaledImagePortObject brain = Samples.brain();
        ImageViewerParameters parameters = new ImageViewerParameters();
        parameters.longest = 32;
        NodeRunner node = viewer(parameters);
        PortObject[] out = node.execute(brain, labels(brain));
        assertEquals(3, node.internal().length, "the folder and both images");
        ImagePortObject picture = (ImagePortObject) out[0];
        assertEquals(PNGImageContent.TYPE, picture.getSpec().getDataType());
        JsonNode initial = opened(ImageViewerNodeFactory.class, node.internal());
        assertEquals(1, initial.path("over").asInt(), "labels lie over the image");
        assertEquals("all", initial.at("/settings/planes").asText());
        assertEquals(256, initial.path("fieldColours").size());
        JsonNode image = initial.at("/images/0");
        assertEquals("image", image.path("role").asText());
        assertEquals("labels", initial.at("/images/1/role").asText());
        assertTrue(image.at("/axes/x/kept").asInt() <= 32);
        assertEquals(
                brain.getSpec().metadata().dimensions().get(2).length(),
                image.at("/axes/x/length").asLong());
        JsonNode channel = image.at("/channels/0");
        assertEquals(
                channel.at("/percentiles/0").asDouble(),
                channel.at("/histogram/low").asDouble());
        long counted = 0;
        for (JsonNode count : channel.at("/histogram/counts")) {
            counted += count.asLong();
        }
        long kept = 1;
        for (JsonNode axis : image.path("axes")) {
            kept *= axis.path("kept").asLong();
        }
        assertEquals(kept, counted, "voxels of the copy in its histogram");
    }

    @Test
    void slicesAreTheVoxelsOfTheImageAtItsPlaces() throws Exception {
        ScaledImagePortObject brain = Samples.brain();
        NodeRunner node = viewer(new ImageViewerParameters()); // large enough for all voxels
        node.execute(brain);
        ViewService service = new ViewService(node::internal);
        Map<String, Object> plane = service.slice(0, "z", 3, 0, 0);
        double[] voxels = Samples.voxels(brain);
        int width = (int) brain.getSpec().metadata().dimensions().get(2).length();
        int height = (int) brain.getSpec().metadata().dimensions().get(1).length();
        assertEquals(List.of(width, height), List.of(plane.get("width"), plane.get("height")));
        boolean across = (Boolean) plane.get("flippedAcross");
        boolean down = (Boolean) plane.get("flippedDown");
        assertEquals("x", plane.get("across"));
        double[] shown = values(plane);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int y = down ? height - 1 - row : row;
                int x = across ? width - 1 - column : column;
                assertEquals((float) voxels[(3 * height + y) * width + x], (float) shown[row * width + column]);
            }
        }
    }

    private static double[] values(Map<String, Object> plane) {
        byte[] bytes = Base64.getDecoder().decode((String) plane.get("values"));
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int count = (Integer) plane.get("width") * (Integer) plane.get("height");
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch ((String) plane.get("type")) {
                case "uint8" -> buffer.get() & 0xFF;
                case "uint16" -> buffer.getShort() & 0xFFFF;
                default -> buffer.getFloat();
            };
        }
        return values;
    }

    @Test
    void finerSlicesComeFromTheImageWhereThatIsCheap() throws Exception {
        Path file = temporary.resolve("large.nii.gz"); // compressed as a whole: none of it is cheap
        try (Image image = Image.open(Samples.BRAIN)) {
            image.upsample(List.of(3)).convert(PixelType.UINT8).saveNifti(file);
        }
        LoadImageParameters compressed = new LoadImageParameters();
        compressed.path = ChosenPlace.of(file.toString());
        ScaledImagePortObject large = new NodeRunner(new LoadImageNodeFactory(), compressed).image();
        ScaledImagePortObject brain = Samples.brain();
        LoadImageParameters copied = new LoadImageParameters();
        copied.path = ChosenPlace.of(Samples.BRAIN.toString());
        copied.copyIntoWorkflow = true;
        ScaledImagePortObject zarr = new NodeRunner(new LoadImageNodeFactory(), copied).image();
        ImageViewerParameters parameters = new ImageViewerParameters();
        parameters.longest = 16;
        NodeRunner node = viewer(parameters);
        node.execute(large, zarr);
        ViewService service = new ViewService(node::internal);
        assertTrue((Integer) service.slice(1, "z", 8, 0, 0).get("width") <= 16);
        assertEquals(Map.of(), service.finer(0, "z", 8, 0, 0, 500));
        Map<String, Object> finer = service.finer(1, "z", 8, 0, 0, 500);
        assertEquals((int) brain.getSpec().metadata().dimensions().get(2).length(), finer.get("width"));
        NodeRunner exact = viewer(new ImageViewerParameters());
        exact.execute(brain);
        assertEquals(
                Arrays.toString(values(new ViewService(exact::internal).slice(0, "z", 8, 0, 0))),
                Arrays.toString(values(finer)));
    }

    @Test
    void copiesOfANodeShowTheirOwnData() throws Exception {
        NodeRunner first = viewer(new ImageViewerParameters());
        first.execute(Samples.brain());
        ScaledImagePortObject other = labels(Samples.brain());
        NodeRunner second = viewer(new ImageViewerParameters());
        second.execute(other);
        for (NodeRunner own : List.of(first, second)) {
            NodeContext.pushContext(container(own.internal()));
            try { // KNIME hands to each what its factory's newest node keeps
                JsonNode initial = opened(ImageViewerNodeFactory.class, second.internal());
                String expected = own == first ? "image" : "labels";
                assertEquals(expected, initial.at("/images/0/role").asText());
            } finally {
                NodeContext.removeLastContext();
            }
        }
    }

    /** A node as it holds its internal objects; only the declarations of KNIME's API can make one without a workflow. */
    private static NodeContainer container(PortObject[] held) throws Exception {
        Constructor<?> constructor = null;
        try {
            constructor = NativeNodeContainer.class.getDeclaredConstructor(PortObject[].class);
        } catch (NoSuchMethodException e) {
            System.out.println("views: copies of nodes are not tested in a real KNIME here");
        }
        assumeTrue(constructor != null, "a real KNIME");
        constructor.setAccessible(true);
        return (NodeContainer) constructor.newInstance((Object) held);
    }

    @Test
    void aNodeOfAnOlderWorkflowSaysWhatToDo() {
        DataServiceException failure =
                assertThrows(DataServiceException.class, () -> opened(SegmentImageNodeFactory.class, null));
        assertEquals(
                "This node kept nothing to be shown: an older version executed it, or its settings or the size of the"
                        + " image forbid it.",
                failure.getMessage());
    }

    @Test
    void settingsOfViewsThatWorkflowsLackAreDefaults() throws Exception {
        ViewParameters loaded = NodeParametersUtil.loadSettings(new NodeSettings("view"), ViewParameters.class);
        assertEquals(new ViewParameters().json(), loaded.json());
        loaded.validate();
        loaded.high = 0.5;
        assertEquals(
                "Brightest percentile: found 0.5, expected a number above 1.0, up to 100.",
                assertThrows(InvalidSettingsException.class, loaded::validate).getMessage());
    }

    @Test
    void processingShowsBeforeAfterAndField() throws Exception {
        ScaledProcessingParameters parameters = new ScaledProcessingParameters();
        parameters.plugin = "n4";
        parameters.n4.iterations = "5,4";
        NodeRunner node = new NodeRunner(new ScaledProcessingNodeFactory(), parameters);
        ScaledImagePortObject brain = Samples.brain();
        PortObject[] out = node.execute(brain);
        JsonNode initial = opened(ScaledProcessingNodeFactory.class, node.internal());
        assertEquals(
                List.of("Before", "After", "Field"),
                List.of(
                        initial.at("/images/0/title").asText(),
                        initial.at("/images/1/title").asText(),
                        initial.at("/images/2/title").asText()));
        assertEquals("field", initial.at("/images/2/role").asText());
        assertEquals(2, initial.path("courses").size(), "a course for each level");
        assertEquals(5, initial.at("/courses/0/values").size());
        assertTrue(initial.at("/figures/after/mean").isNumber());
        assertTrue(initial.at("/figures/field/mean").isNumber());
        ViewService service = new ViewService(node::internal);
        double[] before = values(service.slice(0, "z", 20, 0, 0));
        double[] after = values(service.slice(1, "z", 20, 0, 0));
        double[] field = values(service.slice(2, "z", 20, 0, 0));
        double bright = Arrays.stream(before).max().orElseThrow() / 4;
        int compared = 0;
        for (int i = 0; i < before.length; i++) {
            if (before[i] > bright) {
                assertEquals(before[i] / field[i], after[i], 1e-3 * after[i]);
                compared++;
            }
        }
        assertTrue(compared > 20, "voxels of the head: " + compared);
        try (Image result = ((ScaledImagePortObject) out[0]).open(Execution.standard())) {
            Map<String, Object> finer = service.finer(1, "z", 20, 0, 0, 500);
            assertEquals(57, finer.get("width"), "the image itself, computed where it is looked at");
            Plane exact = Slices.of(result.source()).slice(Axis.Z, 20, 0, 0, 500, Execution.standard());
            double[] fine = values(finer);
            for (int i = 0; i < fine.length; i++) {
                assertEquals((float) exact.values()[i], (float) fine[i]);
            }
        }
        assertEquals(2, out.length);
    }

    @Test
    void aSmallImageIsShownAsItIsWhereTheFactorIsOne() throws Exception {
        ScaledProcessingParameters parameters = new ScaledProcessingParameters();
        parameters.plugin = "gaussian";
        parameters.downsampleFactor = "1";
        NodeRunner node = new NodeRunner(new ScaledProcessingNodeFactory(), parameters);
        node.execute(Samples.brain());
        JsonNode initial = opened(ScaledProcessingNodeFactory.class, node.internal());
        assertEquals(3, initial.path("images").size());
        assertEquals(57, initial.at("/images/1/axes/x/kept").asInt());
    }

    @Test
    void segmentationShowsLabelsAndThresholds() throws Exception {
        SegmentImageParameters parameters = new SegmentImageParameters();
        parameters.classes = 3;
        NodeRunner node = new NodeRunner(new SegmentImageNodeFactory(), parameters);
        ScaledImagePortObject brain = Samples.brain();
        node.execute(brain);
        JsonNode initial = opened(SegmentImageNodeFactory.class, node.internal());
        assertEquals(1, initial.path("over").asInt());
        try (Image image = brain.open(Execution.standard())) {
            List<Double> thresholds = Segmentation.thresholdsOf(Segmentation.otsu(
                            image.source(), OtsuOptions.defaults().withClasses(3)))
                    .get(0);
            assertEquals(MAPPER.valueToTree(thresholds), initial.at("/images/0/channels/0/thresholds"));
        }
        parameters.copy = SegmentImageParameters.Copy.NEVER;
        NodeRunner without = new NodeRunner(new SegmentImageNodeFactory(), parameters);
        without.execute(brain);
        assertNull(without.internal());
    }

    @Test
    void propertiesHaveAThumbnailIfAskedFor() throws Exception {
        ImagePropertiesParameters parameters = new ImagePropertiesParameters();
        parameters.thumbnail = true;
        NodeRunner node = new NodeRunner(new ImagePropertiesNodeFactory(), parameters);
        DataTableSpec spec = (DataTableSpec) node.configure(Samples.brain().getSpec())[0];
        int column = spec.getNumColumns() - 1;
        assertEquals("Thumbnail", spec.getColumnSpec(column).getName());
        assertEquals(PNGImageContent.TYPE, spec.getColumnSpec(column).getType());
        BufferedDataTable table = (BufferedDataTable) node.execute(Samples.brain())[0];
        for (DataRow row : table) {
            byte[] png = ((PNGImageCell) row.getCell(column)).getImageContent().getByteArray();
            assertTrue(ImageIO.read(new ByteArrayInputStream(png)).getHeight() >= 160);
        }
    }

    @Test
    void aPortThatIsNotThereIsNamed() throws Exception {
        ImageViewerParameters parameters = new ImageViewerParameters();
        parameters.labels = Optional.of(2);
        assertEquals(
                "Port of the labels: found 2, expected 1 to 1, an image's port, or none.",
                viewer(parameters).failure(Samples.brain()));
    }

    @Test
    void thePictureIsAsLargeAsWanted() throws Exception {
        ImageViewerParameters parameters = new ImageViewerParameters();
        parameters.pictureSize = 100;
        ImagePortObject picture = (ImagePortObject) viewer(parameters).execute(Samples.brain())[0];
        byte[] png = ((PNGImageCell) picture.toDataCell()).getImageContent().getByteArray();
        int width = ImageIO.read(new ByteArrayInputStream(png)).getWidth();
        assertTrue(width >= 100 && width <= 220, "two slices of a longest side of 100 pixels: " + width);
        assertFalse(Arrays.equals(png, new byte[png.length]));
    }
}
