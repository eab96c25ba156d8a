package org.scaledimaging.engine.scaled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.SampledField;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/** A plugin that gets a parameter later means the same as before where the parameter is not named. */
class AddedParameterTest {
    private static final PluginDescription OLD = new PluginDescription(
            "growing", "Growing", "For tests.", List.of(Parameter.number("a", 1, 0, 9, "", "A.")));

    private static final PluginDescription NEW = new PluginDescription(
            "growing",
            "Growing",
            "For tests.",
            List.of(OLD.parameters().get(0), Parameter.bool("b", true, "B.").addedLater(false)));

    private record Growing(PluginDescription description, ParameterValues parameters)
            implements ScaledProcessingPlugin {
        @Override
        public Field lowRes(LowResolutionImage image, Execution execution) {
            return SampledField.of(image, image.voxels());
        }

        @Override
        public void highRes(Block block, Object field, Block result) {
            System.arraycopy(block.voxels(), 0, result.voxels(), 0, block.size());
        }
    }

    @TempDir
    private Path folder;

    @Test
    void whoIsAskedNowGetsTheDefaultAndARecipeWhatItMeant() throws Exception {
        assertEquals(true, ParameterValues.of(NEW, Map.of()).bool("b"));
        assertEquals(Map.of("b", false), NEW.asRecipesMean(Map.of()));
        assertEquals(Map.of("b", true, "a", 3), NEW.asRecipesMean(Map.of("a", 3, "b", true)));
        assertEquals(Map.of(), OLD.asRecipesMean(Map.of()));
    }

    @Test
    void anEstimateFromBeforeServesWhoWantsWhatItMeant() throws Exception {
        ImageSource image = FormulaSource.of("yx", PixelType.UINT16, new long[] {8, 8}, FormulaSource::scattered);
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults()
                .withDownsampleFactor(2)
                .withEstimateFile(folder.resolve("a.estimate"));
        apply(image, new Growing(OLD, ParameterValues.of(OLD, Map.of())), options);
        apply(image, new Growing(NEW, ParameterValues.of(NEW, Map.of("b", false))), options);
        String sentence = assertThrows(
                        ImageFormatException.class,
                        () -> apply(image, new Growing(NEW, ParameterValues.of(NEW, Map.of())), options))
                .getMessage();
        assertTrue(sentence.contains("b = false") && sentence.contains("b = true"), sentence);
    }

    private static void apply(ImageSource image, ScaledProcessingPlugin plugin, ScaledProcessingOptions options)
            throws Exception {
        ScaledProcessing.apply(image, plugin, options, Execution.standard());
    }
}
