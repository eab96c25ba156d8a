package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.scaledimaging.engine.Image;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.LoadImageParameters;
import org.scaledimaging.knime.setting.text.ChosenPlace;
import org.scaledimaging.knime.table.ListImagesParameters;

/** Images of a folder, plate or collection as rows; Load Image opens each. */
class ListImagesTest {
    @TempDir
    private Path folder;

    private Path plate;
    private Path series;
    private String warning;

    /** A plate of two wells, A/1 with two fields and B/2 with one, and a collection of two images. */
    @BeforeEach
    void make() throws Exception {
        plate = folder.resolve("plate.ome.zarr");
        series = folder.resolve("series.zarr");
        try (Image image = Image.open(Samples.SERIES)) {
            image.time(0).saveOmeZarr(plate.resolve("A/1/0"));
            image.time(1).saveOmeZarr(plate.resolve("A/1/1"));
            image.time(2).saveOmeZarr(plate.resolve("B/2/0"));
            image.time(3).saveOmeZarr(series.resolve("0"));
            image.time(4).saveOmeZarr(series.resolve("1"));
        }
        group(
                plate,
                "\"plate\": {\"rows\": [{\"name\": \"A\"}, {\"name\": \"B\"}],"
                        + " \"columns\": [{\"name\": \"1\"}, {\"name\": \"2\"}],"
                        + " \"wells\": [{\"path\": \"A/1\", \"rowIndex\": 0, \"columnIndex\": 0},"
                        + " {\"path\": \"B/2\", \"rowIndex\": 1, \"columnIndex\": 1}]}");
        group(plate.resolve("A/1"), "\"well\": {\"images\": [{\"path\": \"0\"}, {\"path\": \"1\"}]}");
        group(plate.resolve("B/2"), "\"well\": {\"images\": [{\"path\": \"0\"}]}");
        group(series, "\"bioformats2raw.layout\": 3");
    }

    private static void group(Path group, String ome) throws Exception {
        Files.writeString(
                Files.createDirectories(group).resolve("zarr.json"),
                "{\"zarr_format\": 3, \"node_type\": \"group\", \"attributes\": {\"ome\": {\"version\": \"0.5\", " + ome
                        + "}}}");
    }

    private static ListImagesParameters parameters(Path place, String names) {
        ListImagesParameters parameters = new ListImagesParameters();
        parameters.place = ChosenPlace.of(place.toString());
        parameters.names = names;
        return parameters;
    }

    private List<Map<String, String>> list(Path place, String names) throws Exception {
        NodeRunner node = new NodeRunner(new ListImagesNodeFactory(), parameters(place, names));
        DataTableSpec spec = (DataTableSpec) node.configure()[0];
        BufferedDataTable table = (BufferedDataTable) node.execute()[0];
        warning = node.warning();
        assertArrayEquals(spec.getColumnNames(), table.getSpec().getColumnNames());
        List<Map<String, String>> found = new ArrayList<>();
        for (var rows = table.iterator(); rows.hasNext(); ) {
            DataRow row = rows.next();
            Map<String, String> values = new TreeMap<>();
            for (int i = 0; i < row.getNumCells(); i++) {
                values.put(spec.getColumnSpec(i).getName(), row.getCell(i).toString());
            }
            found.add(values);
        }
        return found;
    }

    private static List<String> column(List<Map<String, String>> rows, String name) {
        return rows.stream().map(row -> row.get(name)).toList();
    }

    @Test
    void aPlateHasARowForEachField() throws Exception {
        List<Map<String, String>> rows = list(plate, "*");
        assertNull(warning);
        assertEquals(List.of("A/1", "A/1", "B/2"), column(rows, "Well"));
        assertEquals(List.of("0", "1", "0"), column(rows, "Field of view"));
        assertEquals(List.of("?", "?", "?"), column(rows, "Series"));
        assertEquals(plate.resolve("A/1/1").toString(), rows.get(1).get("Path"));
        assertEquals(plate.toString(), rows.get(1).get("Collection"));
        assertEquals(List.of("plate_A_1_0", "plate_A_1_1", "plate_B_2_0"), column(rows, "Unique name"));
        assertEquals("tzyx", rows.get(0).get("Axes"));
        assertEquals("int16", rows.get(0).get("Pixel type"));
        assertEquals("23", rows.get(0).get("Length y"));
        assertEquals("8.25", rows.get(0).get("Voxel size x"));
        assertEquals("millimeter", rows.get(0).get("Unit"));
    }

    @Test
    void everyRowIsLoadedByItsPathAndByItsPlaceInTheCollection() throws Exception {
        for (Path several : new Path[] {plate, series}) {
            for (Map<String, String> row : list(several, "*")) {
                LoadImageParameters byPath = new LoadImageParameters();
                byPath.path = ChosenPlace.of(row.get("Path"));
                LoadImageParameters byChoice = new LoadImageParameters();
                byChoice.path = ChosenPlace.of(row.get("Collection"));
                byChoice.series = number(row.get("Series"));
                byChoice.well = row.get("Well").replace("?", "");
                byChoice.fieldOfView = number(row.get("Field of view"));
                ScaledImagePortObject image = new NodeRunner(new LoadImageNodeFactory(), byChoice).image();
                assertArrayEquals(Samples.voxels(Path.of(ChosenPlace.text(byPath.path))), Samples.voxels(image));
                assertArrayEquals(
                        Samples.voxels(image),
                        Samples.voxels(new NodeRunner(new LoadImageNodeFactory(), byPath).image()));
            }
        }
    }

    private static Optional<Integer> number(String cell) {
        return cell.equals("?") ? Optional.empty() : Optional.of(Integer.valueOf(cell));
    }

    @Test
    void aChoiceThatIsNoneIsRefusedByTheTitlesOfTheSettings() throws Exception {
        LoadImageParameters parameters = new LoadImageParameters();
        parameters.path = ChosenPlace.of(plate.toString());
        NodeRunner open = new NodeRunner(new LoadImageNodeFactory(), parameters);
        assertTrue(open.failure().contains("chosen by Well A/1 and Field of view 0"), open.failure());
        parameters.series = Optional.of(1);
        NodeRunner wrong = new NodeRunner(new LoadImageNodeFactory(), parameters);
        assertEquals(
                "Series: found a plate of 2 wells, expected Well and Field of view, or a collection.", wrong.failure());
        parameters.series = Optional.empty();
        parameters.fieldOfView = Optional.of(-1);
        assertEquals(
                "Field of view: found -1, expected a whole number of at least 0.",
                assertThrows(InvalidSettingsException.class, parameters::validate)
                        .getMessage());
    }

    @Test
    void aFolderIsListedByNameAndWhatIsInItImageByImage() throws Exception {
        Files.copy(Samples.BRAIN, folder.resolve("b.nii.gz"));
        Files.copy(
                Samples.BRAIN,
                Files.createDirectories(folder.resolve("sub-1/anat")).resolve("sub-1_T1w.nii.gz"));
        Files.writeString(folder.resolve("read.me"), "no image");
        Files.copy(Samples.BRAIN, folder.resolve(".hidden.nii.gz"));
        List<Map<String, String>> rows = list(folder, "*");
        assertEquals(
                List.of("A/1", "A/1", "B/2", "?", "?", "?"),
                column(rows, "Well").stream()
                        .sorted((one, other) -> one.equals("?") ? 1 : other.equals("?") ? -1 : one.compareTo(other))
                        .toList());
        assertEquals(
                List.of("b.nii.gz", "0", "1", "0", "0", "1"),
                column(rows, "Path").stream()
                        .map(path -> Path.of(path).getFileName().toString())
                        .toList());
        assertEquals(List.of("0", "1"), column(rows.subList(4, 6), "Series"));
        assertEquals(1, list(folder, "sub-*/anat/*_T1w.nii.gz").size());
        Files.copy(Samples.BRAIN, folder.resolve("sub-1/B.nii.gz"));
        assertEquals(List.of("b", "B_2", "sub-1_T1w"), column(list(folder, "**.nii.gz"), "Unique name"));
        assertEquals(1, list(folder.resolve("b.nii.gz"), "*").size());
        assertNull(warning);
        assertEquals(0, list(folder, "*.tif").size());
        assertEquals(folder + ": found no image of the names *.tif, expected at least one.", warning);
    }

    @Test
    void anImageInTwoFilesIsListedOnce() throws Exception {
        byte[] header = new byte[348];
        java.nio.ByteBuffer fields = java.nio.ByteBuffer.wrap(header).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        fields.putInt(0, 348).putShort(40, (short) 3).putShort(42, (short) 2).putShort(44, (short) 2);
        fields.putShort(46, (short) 2).putShort(70, (short) 2).putShort(72, (short) 8);
        fields.putFloat(80, 1).putFloat(84, 1).putFloat(88, 1).put(344, "ni1".getBytes());
        Path pair = Files.createDirectories(folder.resolve("pair"));
        Files.write(pair.resolve("a.hdr"), header);
        Files.write(pair.resolve("a.img"), new byte[8]);
        assertEquals(1, list(pair, "*").size());
        assertNull(warning);
    }

    @Test
    void picturesInAFolderAreListedOneByOne() throws Exception {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        for (String name : List.of("a.png", "b.png")) {
            ImageIO.write(
                    new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_GRAY),
                    "png",
                    pictures.resolve(name).toFile());
        }
        assertEquals(2, list(pictures, "*").size());
        assertEquals(2, list(folder, "**/*.png").size());
        assertNull(warning);
    }

    @Test
    void aDamagedImageIsLeftOutOrFails() throws Exception {
        Path damaged = Files.write(folder.resolve("a.nii"), new byte[100]);
        Files.write(folder.resolve("c.tif"), new byte[0]);
        assertEquals(5, list(folder, "*").size());
        assertTrue(warning.startsWith(damaged + ": found "), warning);
        assertTrue(warning.endsWith("Left out, too: 1 more."), warning);
        ListImagesParameters failing = parameters(folder, "*");
        failing.damaged = ListImagesParameters.Damaged.FAIL;
        assertTrue(
                new NodeRunner(new ListImagesNodeFactory(), failing).failure().startsWith(damaged + ": found "));
        assertTrue(new NodeRunner(new ListImagesNodeFactory(), parameters(folder.resolve("none"), "*"))
                .failure()
                .contains("found no such file or folder"));
    }

    @Test
    void aPlaceOrPatternThatIsNoneIsRefused() throws Exception {
        for (String place : new String[] {"", "images", "s3:///images", "https://host/plate.ome.zarr?key=1"}) {
            ListImagesParameters parameters = parameters(folder, "*");
            parameters.place = ChosenPlace.of(place);
            NodeRunner node = new NodeRunner(new ListImagesNodeFactory(), parameters);
            String sentence = assertThrows(InvalidSettingsException.class, node::configure)
                    .getMessage();
            assertTrue(sentence.matches("Folder, plate or collection: found .*, expected .*\\."), sentence);
        }
        for (String names : new String[] {"", "[", "{a"}) {
            String sentence = assertThrows(InvalidSettingsException.class, parameters(folder, names)::validate)
                    .getMessage();
            assertTrue(sentence.matches("Names: found .*, expected .*\\."), sentence);
        }
    }
}
