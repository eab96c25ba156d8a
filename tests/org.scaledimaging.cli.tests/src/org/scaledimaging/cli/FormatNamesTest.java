package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files are called by the program that people know them from, with the axes that they have. */
class FormatNamesTest {
    private static final Path FIXTURES =
            Path.of(System.getProperty("project.root"), "tests/org.scaledimaging.engine.tests/resources");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "hdf5/imaris.ims, Imaris",
        "hdf5/minc.mnc, MINC 2",
        "hdf5/ilastik.h5, ilastik HDF5",
        "hdf5/matlab.mat, MATLAB 7.3",
        "hdf5/chunked.h5, HDF5",
        "hdf5/bdv.xml/0, BigDataViewer HDF5",
        "hdf5/bdv-alone.h5/0, BigDataViewer HDF5",
        "hdf5/bdv-n5.xml/0, BigDataViewer N5",
        "tiff/pyramid.ome.tif, OME-TIFF",
        "tiff/imagej-hyperstack.tif, ImageJ TIFF",
        "tiff/metamorph.stk.tif, MetaMorph STK",
        "tiff/zeiss.lsm.tif, Zeiss LSM",
        "tiff/micro-manager.tif, Micro-Manager TIFF",
        "tiff/plain-u1.tif, TIFF",
    })
    void infoNamesTheProgram(String file, String name) throws Exception {
        String text = Run.of("info", FIXTURES.resolve(file)).done().out();
        assertTrue(text.lines().anyMatch(("format       " + name)::equals), text);
        assertEquals(
                name,
                Run.of("info", FIXTURES.resolve(file), "--json")
                        .done()
                        .json()
                        .path("variant")
                        .asText());
    }

    /** An axis of one voxel that the format drops is not said to be there. */
    @Test
    void whatWasWrittenHasTheAxesOfTheFile() throws Exception {
        Path zarr = folder.resolve("one.ome.zarr");
        Run.of("convert", FIXTURES.resolve("tiff/ome-tczyx.ome.tif"), zarr).done();
        Path one = folder.resolve("channel.ome.zarr");
        String said =
                Run.of("convert", zarr, one, "--channel", 0, "--time", 0).done().err();
        assertTrue(said.contains("(tczyx 1 x 1 x "), said);
        for (String name : new String[] {"one.nii.gz", "one.nii"}) {
            said = Run.of("convert", one, folder.resolve(name)).done().err();
            assertTrue(said.contains(name + " (zyx "), said);
        }
    }
}
