package org.scaledimaging.knime.nodes;

import java.io.IOException;
import java.nio.file.Path;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.LoadImageParameters;
import org.scaledimaging.knime.setting.text.ChosenPlace;

/** The images that the tests work on. */
final class Samples {
    static final Path BRAIN = Path.of(System.getProperty("project.root"), "docs/sample/brain.nii.gz");

    static final Path SERIES = Path.of(System.getProperty("project.root"), "docs/sample/series.nii.gz");

    private Samples() {}

    static ScaledImagePortObject brain() throws Exception {
        LoadImageParameters parameters = new LoadImageParameters();
        parameters.path = ChosenPlace.of(BRAIN.toString());
        return new NodeRunner(new LoadImageNodeFactory(), parameters).image();
    }

    static double[] voxels(Image image) throws IOException {
        return (double[]) image.convert(PixelType.FLOAT64)
                .source()
                .read(image.metadata().interval())
                .voxels();
    }

    static double[] voxels(ScaledImagePortObject object) throws Exception {
        try (Image image = object.open(Execution.standard())) {
            return voxels(image);
        }
    }

    static double[] voxels(Path path) throws IOException {
        try (Image image = Image.open(path)) {
            return voxels(image);
        }
    }
}
