package org.scaledimaging.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;

/**
 * Does what users do most, on images that it makes, and prints next to nothing: Java keeps the classes that it loaded
 * meanwhile, and starts from there the next time. The script that starts the command runs it once for each Java.
 */
public final class Training {
    private static final int EDGE = 160;

    private Training() {}

    /**
     * Runs the command line on images in a folder.
     *
     * @param arguments an empty folder, which stays with what was written
     * @throws IllegalStateException when a command fails
     */
    public static void main(String[] arguments) throws IOException, ParameterException {
        Path folder = Path.of(arguments[0]);
        Path brain = folder.resolve("brain.nii.gz");
        Path embryo = folder.resolve("embryo.ome.zarr");
        Image.of(new Waves(EDGE / 2)).saveNifti(brain);
        Image.of(new Waves(EDGE)).saveOmeZarr(embryo);
        run("--version");
        Main.main(new String[] {"info", embryo.toString()}); // with what belongs to a process of its own
        run("info", brain.toString(), "--json");
        String corrected = folder.resolve("gaussian.ome.zarr").toString();
        run("process", embryo.toString(), corrected, "--plugin", "gaussian", "--downsample-factor", "4");
        run("process", brain.toString(), folder.resolve("n4.nii.gz").toString(), "--plugin", "n4");
        run("convert", brain.toString(), folder.resolve("converted.ome.zarr").toString());
        run("statistics", embryo.toString());
        HttpServer server = server(folder);
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/" + embryo.getFileName();
            run("process", address, folder.resolve("from-server.ome.zarr").toString(), "--plugin", "gaussian");
        } finally {
            server.stop(0);
        }
    }

    /** Hands out the files of a folder on this computer. */
    private static HttpServer server(Path folder) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
                if (Files.isRegularFile(file)) {
                    byte[] bytes = Files.readAllBytes(file);
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                } else {
                    exchange.sendResponseHeaders(404, -1);
                }
            }
        });
        server.start();
        return server;
    }

    private static void run(String... arguments) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        int exitCode = Main.run(nowhere, nowhere, () -> false, arguments);
        if (exitCode != 0) {
            throw new IllegalStateException(String.join(" ", arguments) + ": exit code " + exitCode);
        }
    }

    /** A bright ball of uint16 voxels with waves in it, on a dark ground. */
    private record Waves(int edge) implements ImageSource {
        @Override
        public ImageMetadata metadata() {
            return ImageMetadata.of(
                    "waves",
                    PixelType.UINT16,
                    new Dimension(Axis.Z, edge, 1, "millimeter", 0),
                    new Dimension(Axis.Y, edge, 1, "millimeter", 0),
                    new Dimension(Axis.X, edge, 1, "millimeter", 0));
        }

        @Override
        public int[] chunkShape() {
            return new int[] {64, 64, 64};
        }

        @Override
        public void read(Block target) {
            short[] voxels = (short[]) target.voxels();
            int i = 0;
            for (long[] at : target.interval().positions()) {
                voxels[i++] = value(at[0], at[1], at[2]);
            }
        }

        private short value(long z, long y, long x) {
            double middle = (edge - 1) / 2.0;
            boolean inside = Math.hypot(Math.hypot(z - middle, y - middle), x - middle) < 0.8 * middle;
            return (short) (100 + (inside ? 1000 + 3 * x + 300 * Math.sin(z / 5.0) * Math.cos(y / 7.0) : 0));
        }
    }
}
