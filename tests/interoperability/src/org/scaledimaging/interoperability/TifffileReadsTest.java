package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.TiffWriteOptions;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.WorldFrame;
import org.xml.sax.SAXException;

/** OME-TIFF that we write: read by tifffile, every level, and by libtiff; its OME-XML held to the model's schema. */
class TifffileReadsTest {
    private static final String SCHEMAS = "/released-schema/";
    private static final double CENTIMETER = 1e4;

    private static Tool tifffile;
    private static Schema schema;

    @BeforeAll
    static void start() throws Exception {
        tifffile = Tools.tifffile();
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        factory.setResourceResolver((type, namespace, publicId, systemId, base) -> {
            URL local = TifffileReadsTest.class.getResource(SCHEMAS + "external/xml.xsd");
            return systemId.endsWith("xml.xsd") ? new LocalInput(systemId, local) : null;
        });
        schema = factory.newSchema(
                new StreamSource(TifffileReadsTest.class.getResourceAsStream(SCHEMAS + "2016-06/ome.xsd")));
    }

    static Stream<Object[]> written() {
        List<Object[]> cases = new ArrayList<>();
        for (PixelType type : PixelType.values()) {
            boolean known = type != PixelType.INT64 && type != PixelType.UINT64;
            for (String axes : known ? List.of("yx", "zyx", "czyx", "tczyx") : List.<String>of()) {
                for (String codec : List.of("deflate", "none")) {
                    cases.add(new Object[] {type, axes, codec});
                }
            }
        }
        return cases.stream();
    }

    /** Larger than a tile along y and x, so that there are levels. */
    private static MemoryImage image(PixelType type, String axes, Random random) {
        List<Dimension> dimensions = new ArrayList<>();
        for (Dimension drawn : MemoryImage.randomMetadata(axes, type, random).dimensions()) {
            boolean inPlane = drawn.axis() == Axis.Y || drawn.axis() == Axis.X;
            long length = (inPlane ? 17 : 1) + drawn.length();
            dimensions.add(new Dimension(drawn.axis(), length, drawn.voxelSize(), drawn.unit(), drawn.origin()));
        }
        return MemoryImage.of(
                new ImageMetadata("<random> \u00b5", type, dimensions, Optional.empty(), List.of(), Optional.empty()),
                random);
    }

    private static JsonNode read(Path file, int level, Path voxels) throws Exception {
        return tifffile.call(Tool.request("read")
                .put("path", file.toString())
                .put("level", level)
                .put("voxels", voxels.toString()));
    }

    private static void save(ImageSource image, Path file, String codec) throws Exception {
        Image.of(image)
                .saveTiff(
                        file,
                        TiffWriteOptions.defaults().withChunks(16).withCompression(Compression.parseForTiff(codec)),
                        Execution.standard());
    }

    @ParameterizedTest
    @MethodSource("written")
    void itReadsEveryLevelThatWeWrite(PixelType type, String axes, String codec, @TempDir Path folder)
            throws Exception {
        MemoryImage image = image(type, axes, new Random((type + axes + codec).hashCode()));
        Path file = folder.resolve("image.ome.tif");
        Path voxels = folder.resolve("voxels");
        save(image, file, codec);
        try (Image again = Image.open(file)) {
            List<ImageSource> levels = again.source().levels();
            assertTrue(levels.size() >= 2);
            for (int level = 0; level < levels.size(); level++) {
                JsonNode said = read(file, level, voxels);
                assertEquals(1, said.path("series").asInt());
                assertTrue(
                        said.path("isOme").asBoolean() && said.path("pyramid").asBoolean());
                assertEquals("ome", said.path("kind").asText());
                assertEquals(
                        again.metadata().axes().toUpperCase(Locale.ROOT),
                        said.path("axes").asText());
                assertEquals(
                        Tool.json(levels.get(level).metadata().shape()).toString(),
                        said.path("shape").toString());
                assertEquals(levels.size(), said.path("levels").size());
                assertEquals(
                        ZarrPythonTest.dtype(type, false), said.path("dtype").asText());
                assertEquals(level > 0, said.path("reduced").asBoolean());
                assertEquals(
                        codec.equals("none") || !type.isInteger() ? 1 : 2,
                        said.path("predictor").asInt());
                List<Dimension> dimensions = levels.get(level).metadata().dimensions();
                assertEquals(3, said.path("unit").asInt());
                double pixels =
                        CENTIMETER / dimensions.get(dimensions.size() - 1).voxelSize();
                assertEquals(pixels, said.path("resolution").path(0).asDouble(), 1e-5 * pixels);
                byte[] expected = level == 0 ? image.bytes() : Voxels.of(levels.get(level));
                Voxels.assertSame(expected, Voxels.read(voxels), type, axes + " level " + level);
            }
            String xml = read(file, 0, voxels).path("xml").asText();
            schema.newValidator().validate(new StreamSource(new StringReader(xml)));
            assertTrue(xml.contains("Name=\"&#60;random&#62; &#181;\""), xml);
        }
    }

    @ParameterizedTest
    @MethodSource("written")
    void libtiffReadsWhatWeWrite(PixelType type, String axes, String codec, @TempDir Path folder) throws Exception {
        Tools.require("libtiff");
        MemoryImage image = image(type, axes, new Random((axes + type + codec).hashCode()));
        Path file = folder.resolve("image.tif");
        Path voxels = folder.resolve("voxels");
        save(image, file, codec.equals("none") ? "zstd" : codec);
        JsonNode said = tifffile.call(Tool.request("uncompress")
                .put("path", file.toString())
                .put("copy", folder.resolve("copy.tif").toString())
                .put("voxels", voxels.toString()));
        assertEquals(ZarrPythonTest.dtype(type, false), said.path("dtype").asText());
        Voxels.assertSame(image.bytes(), Voxels.read(voxels), type, axes);
    }

    @Test
    void allThatCanBeSaidIsValid(@TempDir Path folder) throws Exception {
        Affine affine = Affine.of(0, 3, 0, -10, -2, 0, 0, -20, 0, 0, 4, 30);
        JsonNode omero = new ObjectMapper()
                .readTree("{\"channels\":[{\"color\":\"0000FF\",\"label\":\"a\"},{\"color\":\"#FFAA00FF\"},{}]}");
        ImageMetadata metadata = new ImageMetadata(
                        "a \"name\" \u0001 \ud83d\ude00",
                        PixelType.UINT8,
                        List.of(
                                new Dimension(Axis.T, 2, 0.25, "minute", 0),
                                Dimension.of(Axis.C, 3),
                                Dimension.of(Axis.Z, 4, affine, "millimeter"),
                                Dimension.of(Axis.Y, 20, affine, "fathom"),
                                Dimension.of(Axis.X, 30, affine, "angstrom")),
                        Optional.of(WorldFrame.of(affine)),
                        List.of("one", "t<w>o", "\u03b2"),
                        Optional.of(omero))
                .withLabels(true);
        Path file = folder.resolve("image.ome.tif");
        save(MemoryImage.of(metadata, new Random(1)), file, "deflate");
        String xml = read(file, 0, folder.resolve("voxels")).path("xml").asText();
        schema.newValidator().validate(new StreamSource(new StringReader(xml)));
        for (String said : List.of(
                "PhysicalSizeXUnit=\"&#197;\"",
                "PhysicalSizeYUnit=\"pixel\"",
                "TimeIncrementUnit=\"min\"",
                "Color=\"65535\"",
                "Color=\"-5635841\"",
                "Name=\"t&#60;w&#62;o\"")) {
            assertTrue(xml.contains(said), said + " in " + xml);
        }
        String broken = xml.replace("DimensionOrder=\"XYZCT\"", "");
        assertFalse(broken.equals(xml));
        assertThrows(
                SAXException.class, () -> schema.newValidator().validate(new StreamSource(new StringReader(broken))));
    }
}
