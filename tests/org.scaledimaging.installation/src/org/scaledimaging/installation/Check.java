package org.scaledimaging.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/**
 * Uses Scaled Imaging as installed, in an Equinox of its own, and ends the process with a failure where that does not
 * work. Arguments: an image to process, where to write the result, an image in HDF5, and, if wanted,
 * {@code package=version} of a library that all bundles have to be wired to.
 */
public final class Check implements IApplication {
    private static final Set<String> OURS =
            Set.of("org.scaledimaging.engine", "org.scaledimaging.plugins", "org.scaledimaging.cli");

    @Override
    public Object start(IApplicationContext context) throws Exception {
        String[] arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        BundleContext bundles = FrameworkUtil.getBundle(Check.class).getBundleContext();
        everyBundleIsResolved(bundles);
        thePluginsAreServices();
        anImageIsProcessed(Path.of(arguments[0]), Path.of(arguments[1]));
        hdf5IsReadByWhatTheEngineHolds(Path.of(arguments[2]));
        if (arguments.length > 3) {
            everyBundleUses(
                    bundles,
                    arguments[3].split("=")[0],
                    Version.parseVersion(arguments[3].split("=")[1]));
        }
        return EXIT_OK;
    }

    @Override
    public void stop() {}

    private static void everyBundleIsResolved(BundleContext context) {
        List<Bundle> bundles = List.of(context.getBundles());
        Set<String> names = bundles.stream().map(Bundle::getSymbolicName).collect(Collectors.toSet());
        check(names.containsAll(OURS), "not all of " + OURS + " are installed, but " + names);
        for (Bundle bundle : bundles) {
            check(bundle.getState() >= Bundle.RESOLVED, bundle + " is not resolved");
        }
    }

    private static void everyBundleUses(BundleContext context, String library, Version version) {
        int users = 0;
        for (Bundle bundle : context.getBundles()) {
            for (BundleWire wire :
                    bundle.adapt(BundleWiring.class).getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
                if (library.equals(wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE))) {
                    Version found = wire.getProvider().getVersion();
                    check(found.equals(version), bundle + " uses " + library + " " + found + ", not " + version);
                    users++;
                }
            }
        }
        check(users > 0, "no bundle uses " + library);
    }

    private static void thePluginsAreServices() {
        check(FrameworkUtil.getBundle(PluginRegistry.class) != null, "the engine does not run inside OSGi");
        List<String> ids = PluginRegistry.installed().descriptions().stream()
                .map(PluginDescription::id)
                .toList();
        check(
                ids.containsAll(
                        List.of("background", "gaussian", "guided-filter", "n4", "normalize", "segmentation-cleaner")),
                "not all plugins are among the services, but " + ids);
    }

    private static void anImageIsProcessed(Path source, Path target) throws IOException, ParameterException {
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleFactor(4);
        try (Image image = Image.open(source);
                Image corrected = image.applyScaledProcessing("gaussian", Map.of(), options)) {
            corrected.saveOmeZarr(target);
            check(isCompressedByZstd(target), "the chunks of " + target + " are not compressed by zstd");
            try (Image stored = Image.open(target)) {
                check(
                        Arrays.equals(voxels(corrected), voxels(stored)),
                        target + " holds other values than were written");
                check(!Arrays.equals(voxels(image), voxels(stored)), target + " holds the image as it was");
            }
        }
    }

    /** Its library lies inside the engine's bundle, which nobody else's may stand in for. */
    private static void hdf5IsReadByWhatTheEngineHolds(Path file) throws IOException, ParameterException {
        try (Image image = Image.open(file)) {
            float[] first = Arrays.copyOf(voxels(image), 3);
            check(Arrays.equals(first, new float[] {0, 37, 74}), file + " begins with " + Arrays.toString(first));
        }
    }

    private static boolean isCompressedByZstd(Path zarr) throws IOException {
        try (var files = Files.walk(zarr)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if ((name.equals("zarr.json") || name.equals(".zarray"))
                        && Files.readString(file).contains("\"zstd\"")) {
                    return true;
                }
            }
            return false;
        }
    }

    private static float[] voxels(Image image) throws IOException {
        return (float[]) image.convert(PixelType.FLOAT32)
                .source()
                .read(image.metadata().interval())
                .voxels();
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
