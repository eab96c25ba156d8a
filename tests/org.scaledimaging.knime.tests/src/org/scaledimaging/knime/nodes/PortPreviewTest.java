package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.webui.node.port.PortSpecViewFactory;
import org.knime.core.webui.node.port.PortView;
import org.knime.core.webui.node.port.PortViewFactory;
import org.knime.core.webui.node.port.PortViewManager;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.port.ScaledImagePortObjectSpec;
import org.scaledimaging.knime.setting.LoadImageParameters;
import org.scaledimaging.knime.setting.text.ChosenPlace;
import org.scaledimaging.knime.view.PortPreview;

/** KNIME shows a preview below the workflow of a port that is looked at. */
class PortPreviewTest {
    @TempDir
    private Path folder;

    private static Object factory(List<Integer> which) {
        assertEquals(1, which.size());
        return PortViewManager.getPortViewDescriptor(ScaledImagePortObject.TYPE, which.get(0))
                .orElseThrow()
                .viewFactory();
    }

    private static String html(PortView view) throws Exception {
        assertEquals(Optional.empty(), view.createInitialDataService());
        assertEquals("port.html", view.getPage().getRelativePath());
        return (String) ((Supplier<?>) NodeRunner.field(view.getPage(), "content")).get();
    }

    @SuppressWarnings("unchecked")
    private static String of(ScaledImagePortObject image) throws Exception {
        new LoadImageNodeFactory(); // whose class offers it
        return html(((PortViewFactory<ScaledImagePortObject>) factory(
                        PortViewManager.getPortViews(ScaledImagePortObject.TYPE).executedIndices()))
                .createPortView(image));
    }

    @Test
    void anImageThatIsReadShowsItsSlicesAndWhatItIs() throws Exception {
        NodeRunner.assumeDeclarationsOnly();
        String html = of(Samples.brain());
        assertTrue(html.contains("<th scope=\"row\">Voxel size z</th><td>2.75 millimeter</td>"), html);
        String png = html.replaceFirst("(?s).*src=\"data:image/png;base64,([^\"]*)\".*", "$1");
        assertTrue(ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(png)))
                        .getWidth()
                > 200);
    }

    @Test
    @SuppressWarnings("unchecked")
    void anImageThatIsNotThereYetShowsWhatItWillBe() throws Exception {
        NodeRunner.assumeDeclarationsOnly();
        new LoadImageNodeFactory();
        ImageMetadata image =
                ImageMetadata.of("<b>&", PixelType.UINT8, Dimension.of(Axis.Y, 3), Dimension.of(Axis.X, 4));
        String html = html(((PortSpecViewFactory<ScaledImagePortObjectSpec>) factory(
                        PortViewManager.getPortViews(ScaledImagePortObject.TYPE).configuredIndices()))
                .createPortView(ScaledImagePortObjectSpec.of(image)));
        assertTrue(html.contains("<td>&lt;b>&amp;</td>"), html);
        assertFalse(html.contains("<img"));
    }

    /** NIfTI-1 of two dimensions. */
    @Test
    void aPlaneIsShownToo() throws Exception {
        NodeRunner.assumeDeclarationsOnly();
        ByteBuffer file = ByteBuffer.allocate(352 + 48).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 348).putShort(40, (short) 2).putShort(42, (short) 8).putShort(44, (short) 6);
        file.putShort(70, (short) 2).putShort(72, (short) 8); // uint8
        file.putFloat(80, 1).putFloat(84, 1).putFloat(108, 352).put(344, "n+1".getBytes(StandardCharsets.US_ASCII));
        LoadImageParameters parameters = new LoadImageParameters();
        parameters.path = ChosenPlace.of(
                Files.write(folder.resolve("plane.nii"), file.array()).toString());
        ScaledImagePortObject image = new NodeRunner(new LoadImageNodeFactory(), parameters).image();
        assertEquals("yx", image.getSpec().metadata().axes());
        assertTrue(of(image).contains("<img"), () -> "no picture");
    }

    @Test
    void anImageThatIsGoneIsSaid() throws Exception {
        NodeRunner.assumeDeclarationsOnly();
        LoadImageParameters parameters = new LoadImageParameters();
        Path copy = Files.copy(Samples.BRAIN, folder.resolve("copy.nii.gz"));
        parameters.path = ChosenPlace.of(copy.toString());
        ScaledImagePortObject image = new NodeRunner(new LoadImageNodeFactory(), parameters).image();
        Files.delete(copy);
        String html = of(image);
        assertTrue(html.contains("<p>" + copy + ": found no such file"), html);
        assertTrue(html.contains("Pixel type"), html);
    }

    /** Has the class itself, and nothing of KNIME's API for ports. */
    private static final class OtherKnime extends ClassLoader {
        OtherKnime() {
            super(PortPreview.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.knime.core.webui.node.port.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(PortPreview.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (java.io.IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void aKnimeWithoutThatApiHasNoPreviewAndNoFailure() throws Exception {
        Class<?> preview = new OtherKnime().loadClass(PortPreview.class.getName());
        assertDoesNotThrow(() -> preview.getMethod("offer").invoke(null));
    }
}
