package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.knime.connection.BareFiles;
import org.scaledimaging.knime.setting.LoadImageParameters;
import org.scaledimaging.knime.setting.text.ChosenPlace;
import org.scaledimaging.knime.table.ListImagesParameters;
import org.scaledimaging.knime.table.TableToImageParameters;

/** List Images of a folder in the file system at its port. */
class ConnectedListTest {
    private static final String PLATE =
            "{\"zarr_format\": 3, \"node_type\": \"group\", \"attributes\": {\"ome\": {\"version\": \"0.5\","
                    + " \"plate\": {\"rows\": [{\"name\": \"A\"}], \"columns\": [{\"name\": \"1\"}],"
                    + " \"wells\": [{\"path\": \"A/1\", \"rowIndex\": 0, \"columnIndex\": 0}]}}}}";
    private static final String WELL = "{\"zarr_format\": 3, \"node_type\": \"group\", \"attributes\": {\"ome\":"
            + " {\"version\": \"0.5\", \"well\": {\"images\": [{\"path\": \"0\"}]}}}}";

    @TempDir
    private Path folder;

    private Path bucket;
    private BareFiles files;

    @BeforeEach
    void fill() throws Exception {
        files = new BareFiles(folder.resolve("files"));
        bucket = Files.createDirectories(folder.resolve("files/bucket"));
        Files.copy(Samples.BRAIN, bucket.resolve("brain.nii.gz"));
        Files.writeString(bucket.resolve("notes.txt"), "no image");
        Files.createDirectories(bucket.resolve("a b"));
        Files.writeString(
                bucket.resolve("a b/pair.mhd"),
                "NDims = 3\nDimSize = 2 2 2\nElementType = MET_UCHAR\nElementDataFile = pair.raw\n");
        Files.write(bucket.resolve("a b/pair.raw"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        try (Image image = Image.open(Samples.BRAIN)) {
            image.saveOmeZarr(bucket.resolve("a b/plate.ome.zarr/A/1/0"));
        }
        Files.writeString(bucket.resolve("a b/plate.ome.zarr/zarr.json"), PLATE);
        Files.writeString(bucket.resolve("a b/plate.ome.zarr/A/1/zarr.json"), WELL);
    }

    @AfterEach
    void close() throws Exception {
        files.close();
    }

    private static ListImagesParameters list(String place, ListImagesParameters.Images images) {
        ListImagesParameters parameters = new ListImagesParameters();
        parameters.place = ChosenPlace.of(place);
        parameters.names = "**";
        parameters.images = images;
        return parameters;
    }

    private BufferedDataTable listed(ListImagesParameters parameters) throws Exception {
        NodeRunner node = new NodeRunner(new ListImagesNodeFactory(), parameters);
        DataTableSpec spec = (DataTableSpec) node.configure(files.port().getSpec())[0];
        BufferedDataTable table = (BufferedDataTable) node.execute(files.port())[0];
        assertArrayEquals(spec.getColumnNames(), table.getSpec().getColumnNames());
        return table;
    }

    private static List<String> column(BufferedDataTable table, int column) {
        List<String> found = new ArrayList<>();
        for (var rows = table.iterator(); rows.hasNext(); ) {
            DataRow row = rows.next();
            found.add(row.getCell(column).toString());
        }
        return found;
    }

    @Test
    void everyRowSaysThePathThatLoadImageTakes() throws Exception {
        BufferedDataTable table = listed(list("/bucket", ListImagesParameters.Images.NONE));
        List<String> paths = column(table, 0);
        assertEquals(
                List.of("/bucket/a b/pair.mhd", "/bucket/a b/plate.ome.zarr/A/1/0", "/bucket/brain.nii.gz"), paths);
        assertEquals("/bucket/a b/plate.ome.zarr", column(table, 1).get(1));
        assertEquals(List.of("pair", "plate_A_1_0", "brain"), column(table, 5));
        for (String path : paths) {
            LoadImageParameters load = new LoadImageParameters();
            load.path = ChosenPlace.of(path);
            double[] expected =
                    path.endsWith(".mhd") ? new double[] {1, 2, 3, 4, 5, 6, 7, 8} : Samples.voxels(Samples.BRAIN);
            assertArrayEquals(
                    expected,
                    Samples.voxels(new NodeRunner(new LoadImageNodeFactory(), load).image(files.port())),
                    path);
        }
    }

    @Test
    void imagesInCellsAreKeptWhereTheyAreSingleFiles() throws Exception {
        BufferedDataTable table = listed(list("/bucket", ListImagesParameters.Images.THUMBNAILS));
        Files.delete(bucket.resolve("brain.nii.gz"));
        Files.delete(bucket.resolve("a b/pair.raw"));
        for (String row : List.of("Row1", "Row2")) {
            TableToImageParameters take = new TableToImageParameters();
            take.row = row;
            assertArrayEquals(
                    Samples.voxels(Samples.BRAIN),
                    Samples.voxels(new NodeRunner(new TableToImageNodeFactory(), take).image(table)));
        }
    }

    @Test
    void ofNiftiFilesNoMoreThanTheStartIsRead() throws Exception {
        Files.createDirectories(bucket.resolve("nifti"));
        for (String name : List.of("large.nii", "large.nii.gz")) {
            try (Image image = Image.open(Samples.BRAIN).upsample(List.of(3))) {
                image.saveNifti(
                        bucket.resolve("nifti").resolve(name), NiftiWriteOptions.defaults(), Execution.standard());
            }
        }
        Path pair = bucket.resolve("nifti/pair.hdr");
        byte[] single = Files.readAllBytes(bucket.resolve("nifti/large.nii"));
        int offset =
                (int) ByteBuffer.wrap(single).order(ByteOrder.LITTLE_ENDIAN).getFloat(108);
        byte[] header = Arrays.copyOf(single, 348);
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putFloat(108, 0);
        System.arraycopy(new byte[] {'n', 'i', '1', 0}, 0, header, 344, 4);
        Files.write(pair, header);
        Files.write(bucket.resolve("nifti/pair.img"), Arrays.copyOfRange(single, offset, single.length));
        files.bytesRead();
        BufferedDataTable table = listed(list("/bucket/nifti", ListImagesParameters.Images.NONE));
        long read = files.bytesRead();
        long all = 2 * Files.size(bucket.resolve("nifti/large.nii")) + Files.size(bucket.resolve("nifti/large.nii.gz"));
        assertTrue(read < all / 4, read + " of " + all + " bytes");
        assertEquals(
                List.of("/bucket/nifti/large.nii", "/bucket/nifti/large.nii.gz", "/bucket/nifti/pair.hdr"),
                column(table, 0));
        ListImagesParameters here = new ListImagesParameters();
        here.place = ChosenPlace.of(bucket.resolve("nifti").toString());
        here.names = "**";
        BufferedDataTable whole = (BufferedDataTable) new NodeRunner(new ListImagesNodeFactory(), here).execute()[0];
        for (int column = 1; column < table.getSpec().getNumColumns(); column++) {
            assertEquals(
                    column(whole, column),
                    column(table, column),
                    table.getSpec().getColumnNames()[column]);
        }
    }

    @Test
    void whatIsDamagedIsLeftOutAndAMissingFolderIsASentence() throws Exception {
        Files.writeString(bucket.resolve("bad.nii"), "no image");
        NodeRunner node =
                new NodeRunner(new ListImagesNodeFactory(), list("/bucket", ListImagesParameters.Images.NONE));
        assertEquals(3, ((BufferedDataTable) node.execute(files.port())[0]).size());
        assertTrue(node.warning().contains("bad.nii: found "), node.warning());
        String sentence = new NodeRunner(new ListImagesNodeFactory(), list("/none", ListImagesParameters.Images.NONE))
                .failure(files.port());
        assertTrue(sentence.contains("/none: found no such file or folder, expected "), sentence);
    }
}
