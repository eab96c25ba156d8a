package org.scaledimaging.reliability;

import java.nio.file.Path;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.plugins.gaussian.GaussianBiasFieldCorrection;

/**
 * A process that saves one version of an image after the other in the same place until it is killed, and says on standard
 * output where it is: {@code start N}, {@code written N}, {@code done N}. Arguments: layout, target, number of the first
 * version, and {@code field} to go through a temporary field at full resolution first.
 */
public final class SavingLoop {
    private SavingLoop() {}

    public static void main(String[] arguments) throws Exception {
        String layout = arguments[0];
        Path target = Path.of(arguments[1]);
        boolean field = arguments.length > 3;
        for (int version = Integer.parseInt(arguments[2]); ; version++) {
            int number = version;
            say("start " + number);
            Execution execution = new Execution(2, new Progress() {
                @Override
                public void report(double fraction, String message) {
                    if (fraction >= 1) {
                        say("written " + number);
                    }
                }

                @Override
                public boolean isCancelled() {
                    return false;
                }
            });
            Image image = Versions.image(version);
            if (field) {
                ScaledProcessingOptions options = ScaledProcessingOptions.defaults()
                        .withDownsampleFactor(2)
                        .withTempZarr(true);
                try (Image processed = image.applyScaledProcessing(new GaussianBiasFieldCorrection(2), options)) {
                    say("field " + number);
                    processed.source().read(processed.metadata().interval());
                }
            }
            Versions.save(image, layout, target, execution);
            say("done " + number);
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
