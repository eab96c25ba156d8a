package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataCellDataInput;
import org.knime.core.data.DataCellDataOutput;
import org.knime.core.data.DataCellSerializer;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.filestore.FileStoreCell;
import org.knime.core.data.filestore.FileStoreUtil;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.LoadImageParameters;
import org.scaledimaging.knime.setting.text.ChosenPlace;
import org.scaledimaging.knime.table.ImagesToTableParameters;
import org.scaledimaging.knime.table.KeptImageCell;
import org.scaledimaging.knime.table.ListImagesParameters;
import org.scaledimaging.knime.table.ScaledImageCell;
import org.scaledimaging.knime.table.ScaledImageValue;
import org.scaledimaging.knime.table.TableToImageParameters;
import org.scaledimaging.knime.table.ThumbnailRenderer;
import org.w3c.dom.Element;

/** Images as cells of tables: in, written, read back, out again. */
class ImagesInTablesTest {
    @TempDir
    private Path folder;

    private static ScaledImagePortObject load(Path path, boolean copy) throws Exception {
        LoadImageParameters parameters = new LoadImageParameters();
        parameters.path = ChosenPlace.of(path.toString());
        parameters.copyIntoWorkflow = copy;
        return new NodeRunner(new LoadImageNodeFactory(), parameters).image();
    }

    private static BufferedDataTable table(boolean thumbnails, PortObject... images) throws Exception {
        ImagesToTableParameters parameters = new ImagesToTableParameters();
        parameters.thumbnails = thumbnails;
        NodeRunner node = new NodeRunner(new ImagesToTableNodeFactory(), parameters);
        DataTableSpec spec = (DataTableSpec) node.configure(images[0].getSpec())[0];
        BufferedDataTable table = (BufferedDataTable) node.execute(images)[0];
        assertArrayEquals(spec.getColumnNames(), table.getSpec().getColumnNames());
        return table;
    }

    private static TableToImageParameters take(String column, String row) {
        TableToImageParameters parameters = new TableToImageParameters();
        parameters.column = column;
        parameters.row = row;
        return parameters;
    }

    private static NodeRunner taking(String column, String row) throws Exception {
        return new NodeRunner(new TableToImageNodeFactory(), take(column, row));
    }

    private static DataCell cell(BufferedDataTable table, int row, int column) {
        int number = 0;
        for (var rows = table.iterator(); rows.hasNext(); number++) {
            DataRow each = rows.next();
            if (number == row) {
                return each.getCell(column);
            }
        }
        throw new AssertionError("no row " + row);
    }

    @Test
    void imagesComeOutAsTheyWentIn() throws Exception {
        ScaledImagePortObject kept = load(Samples.SERIES, true);
        BufferedDataTable table = table(false, Samples.brain(), kept);
        assertEquals(2, table.size());
        taking("", "Row1").configure(table.getSpec());
        ScaledImagePortObject first = taking("", "Row0").image(table);
        ScaledImagePortObject second = taking("Image", "Row1").image(table);
        assertEquals(Samples.brain(), first);
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(first));
        assertEquals(kept.store().orElseThrow(), second.store().orElseThrow());
        assertArrayEquals(Samples.voxels(Samples.SERIES), Samples.voxels(second));
        assertEquals("brain: z 56 × y 67 × x 57, float32", cell(table, 0, 1).toString());
    }

    @Test
    void aRowOrColumnThatIsNotThereIsNamed() throws Exception {
        BufferedDataTable table = table(false, Samples.brain(), Samples.brain());
        assertEquals(
                "Row: found nothing, and 2 rows, expected the RowID of one of them, or a table of one row.",
                taking("", "").failure(table));
        assertEquals(
                "Row: found 'Row7', expected the RowID of one of the 2 rows.",
                taking("", "Row7").failure(table));
        assertEquals(
                "Column: found 'Name', expected one of Image.",
                assertThrows(
                                InvalidSettingsException.class,
                                () -> taking("Name", "Row0").configure(table.getSpec()))
                        .getMessage());
        ListImagesParameters listing = new ListImagesParameters();
        listing.place = ChosenPlace.of(Samples.BRAIN.toString());
        BufferedDataTable without =
                (BufferedDataTable) new NodeRunner(new ListImagesNodeFactory(), listing).execute()[0];
        assertTrue(taking("", "").failure(without).startsWith("Column: found no column of images, expected "));
    }

    @Test
    void listedImagesAreTakenOut() throws Exception {
        Files.copy(Samples.BRAIN, folder.resolve("brain.nii.gz"));
        ListImagesParameters listing = new ListImagesParameters();
        listing.place = ChosenPlace.of(folder.toString());
        listing.images = ListImagesParameters.Images.THUMBNAILS;
        NodeRunner node = new NodeRunner(new ListImagesNodeFactory(), listing);
        DataTableSpec spec = (DataTableSpec) node.configure()[0];
        BufferedDataTable table = (BufferedDataTable) node.execute()[0];
        assertArrayEquals(spec.getColumnNames(), table.getSpec().getColumnNames());
        assertArrayEquals(
                Samples.voxels(Samples.BRAIN), Samples.voxels(taking("", "").image(table)));
        ScaledImageValue image = (ScaledImageValue) cell(table, 0, spec.getNumColumns() - 1);
        assertTrue(image.content().thumbnail().length > 100);
    }

    /** Written and read as KNIME does it; a file store is handed on. */
    private static <T extends DataCell> DataCell copy(DataCellSerializer<T> serializer, T cell) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        serializer.serialize(cell, through(DataCellDataOutput.class, new DataOutputStream(bytes)));
        DataCellDataInput in =
                through(DataCellDataInput.class, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        T copy = serializer.deserialize(in);
        if (copy instanceof FileStoreCell kept) {
            FileStoreUtil.hand(kept, FileStoreUtil.getFileStores((FileStoreCell) cell));
        }
        return copy;
    }

    private static <T> T through(Class<T> type, Object stream) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> stream.getClass()
                        .getMethod(method.getName(), method.getParameterTypes())
                        .invoke(stream, arguments)));
    }

    @Test
    void cellsSurviveTheirSerializersAndAreEqualAsTheirImagesAre() throws Exception {
        NodeRunner.assumeDeclarationsOnly();
        ScaledImagePortObject kept = load(Samples.SERIES, true);
        BufferedDataTable table = table(true, Samples.brain(), kept, Samples.brain());
        ScaledImageCell brain = (ScaledImageCell) cell(table, 0, 1);
        ScaledImageCell copied = (ScaledImageCell) copy(new ScaledImageCell.Serializer(), brain);
        assertEquals(brain, copied);
        assertEquals(brain.hashCode(), copied.hashCode());
        assertEquals(brain, cell(table, 2, 1));
        assertEquals(brain.content().spec(), copied.content().spec());
        assertTrue(copied.content().spec().metadata().frame().isPresent());
        assertArrayEquals(brain.content().thumbnail(), copied.content().thumbnail());
        KeptImageCell series = (KeptImageCell) cell(table, 1, 1);
        KeptImageCell again = (KeptImageCell) copy(new KeptImageCell.Serializer(), series);
        assertEquals(series, again);
        assertNotEquals(series, brain);
        assertNotEquals(brain, series);
        assertArrayEquals(Samples.voxels(Samples.SERIES), Samples.voxels(again.image()));
        byte[] damaged = {0, 0, 0, 9};
        assertEquals(
                "Scaled Image: found metadata of version 9, expected 1.",
                assertThrows(
                                IOException.class,
                                () -> new ScaledImageCell.Serializer()
                                        .deserialize(through(
                                                DataCellDataInput.class,
                                                new DataInputStream(new ByteArrayInputStream(damaged)))))
                        .getMessage());
    }

    @Test
    void theRendererShowsTheThumbnailOrTheWords() throws Exception {
        NodeRunner.assumeDeclarationsOnly();
        BufferedDataTable table = table(true, Samples.brain());
        BufferedImage thumbnail = ImageIO.read(new ByteArrayInputStream(
                ((ScaledImageValue) cell(table, 0, 1)).content().thumbnail()));
        int[] picture = painted(cell(table, 0, 1), thumbnail.getWidth(), thumbnail.getHeight());
        assertArrayEquals(
                thumbnail.getRaster().getSamples(0, 0, thumbnail.getWidth(), thumbnail.getHeight(), 0, (int[]) null),
                java.util.Arrays.stream(picture).map(pixel -> pixel >> 16 & 255).toArray());
        int[] words = painted(cell(table(false, Samples.brain()), 0, 1), 240, 90);
        assertFalse(java.util.Arrays.equals(words, painted(DataType.getMissingCell(), 240, 90)));
    }

    private static int[] painted(Object value, int width, int height) {
        ThumbnailRenderer renderer = (ThumbnailRenderer) new ThumbnailRenderer.Factory().createRenderer(null);
        renderer.getRendererComponent(value).setSize(width, height);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        renderer.paint(image.createGraphics());
        return image.getRGB(0, 0, width, height, null, 0, width);
    }

    @Test
    void theTypeIsRegisteredWithTheClassesThatAreInTables() throws Exception {
        Element type = (Element)
                NodeSetTest.pluginXml().getElementsByTagName("DataType").item(0);
        assertEquals(ScaledImageCell.class.getName(), type.getAttribute("cellClass"));
        for (int i = 0; i < 2; i++) {
            Element serializer =
                    (Element) type.getElementsByTagName("serializer").item(i);
            Class<?> cell = i == 0 ? ScaledImageCell.class : KeptImageCell.class;
            assertEquals(cell.getName(), serializer.getAttribute("cellClass"));
            assertEquals(cell.getName() + "$Serializer", serializer.getAttribute("serializerClass"));
            Class.forName(serializer.getAttribute("serializerClass"))
                    .getConstructor()
                    .newInstance();
        }
        Element value = (Element)
                NodeSetTest.pluginXml().getElementsByTagName("dataValue").item(0);
        assertEquals(ScaledImageValue.class.getName(), value.getAttribute("valueClass"));
        Element renderer = (Element) value.getElementsByTagName("renderer").item(0);
        assertEquals(ThumbnailRenderer.Factory.class.getName(), renderer.getAttribute("rendererFactoryClass"));
    }
}
