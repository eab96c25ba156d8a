package org.scaledimaging.cli.option;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.ExecutorProvider;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.plugin.SegmentationPlugin;

/** Values that shells offer for options; picocli makes one of each class. */
public final class Candidates {
    private Candidates() {}

    public static final class Shells implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("bash", "zsh", "fish").iterator();
        }
    }

    static final class ProcessingPlugins implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ids(PluginRegistry.installed().descriptions(ScaledProcessingPlugin.class));
        }
    }

    public static final class SegmentationPlugins implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ids(PluginRegistry.installed().descriptions(SegmentationPlugin.class));
        }
    }

    public static final class AllPlugins implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ids(PluginRegistry.installed().descriptions());
        }
    }

    public static final class OutputTypes implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.concat(
                            Stream.of("same"), Arrays.stream(PixelType.values()).map(PixelType::label))
                    .iterator();
        }
    }

    public static final class Versions implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return OmeZarrWriteOptions.VERSIONS.iterator();
        }
    }

    public static final class Codecs implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Compression.names("0.4").iterator();
        }
    }

    static final class Shares implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("time", "channel", "all").iterator();
        }
    }

    static final class Executors implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ExecutorProvider.names().iterator();
        }
    }

    private static Iterator<String> ids(List<PluginDescription> plugins) {
        return plugins.stream().map(PluginDescription::id).iterator();
    }
}
