package org.scaledimaging.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.TiffWriteOptions;
import org.scaledimaging.engine.target.AtomicTarget;

/**
 * The main job by the command line, a new process each time, on images in a folder and on the same behind a server that
 * waits before it answers: edge³ voxels of uint16 in chunks of 64³, each a file, in shards of 256³, in a zip file, in an
 * OME-TIFF, and in a NIfTI file.
 *
 * <p>Arguments: edge, rounds, milliseconds that the server waits, folder, the command.
 */
public final class Remote {
    private Remote() {}

    public static void main(String[] arguments) throws Exception {
        int edge = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        long delay = Long.parseLong(arguments[2]);
        Path folder = Path.of(arguments[3]);
        List<String> command = Arrays.asList(arguments).subList(4, arguments.length);
        OmeZarrWriteOptions chunks =
                OmeZarrWriteOptions.defaults().withChunks(64).withLevels(1);
        for (String kind :
                List.of("input-%d.ome.zarr", "shards-%d.ome.zarr", "zip-%d.ozx", "tiles-%d.ome.tif", "raw-%d.nii")) {
            String name = String.format(Locale.ROOT, kind, edge);
            Path image = folder.resolve(name);
            if (!Files.exists(image)) {
                Image made = Image.of(new Phantom(edge, edge, edge));
                if (name.endsWith(".tif")) {
                    made.saveTiff(image, TiffWriteOptions.defaults(), Execution.standard());
                } else if (name.endsWith(".nii")) {
                    made.saveNifti(image);
                } else {
                    OmeZarrWriteOptions options = name.startsWith("shards") ? chunks.withShards(256) : chunks;
                    made.saveOmeZarr(image, options, Execution.standard());
                }
            }
            try (SlowServer server = new SlowServer(folder, delay)) {
                for (int round = 0; round < rounds; round++) {
                    double local = seconds(command, folder.resolve(name).toString(), folder);
                    double remote = seconds(command, server.address(name), folder);
                    int atOnce = server.atOnce();
                    Map<String, Integer> asked = server.asked();
                    int requests = asked.values().stream().mapToInt(i -> i).sum();
                    double bound = 1.3 * Math.max(local, requests * delay / 1000.0 / 32);
                    System.out.printf(
                            Locale.ROOT,
                            "%s: folder %.2f s, server %.2f s (bound %.2f), %d requests, at most %d at once%n",
                            name,
                            local,
                            remote,
                            bound,
                            requests,
                            atOnce);
                    List<String> again = new ArrayList<>();
                    asked.forEach((what, times) -> {
                        if (times > 1) {
                            again.add(what.strip() + " × " + times);
                        }
                    });
                    System.out.println("  asked for more than once: " + (again.isEmpty() ? "nothing" : again));
                }
            }
        }
    }

    private static double seconds(List<String> command, String source, Path folder)
            throws IOException, InterruptedException {
        Path target = folder.resolve("remote-result.ome.zarr");
        AtomicTarget.deleteAll(target);
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of("process", source, target.toString(), "--plugin", "gaussian", "--downsample-factor", "4"));
        whole.add("--quiet");
        long start = System.nanoTime();
        int code = new ProcessBuilder(whole).inheritIO().start().waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        AtomicTarget.deleteAll(target);
        if (code != 0) {
            throw new IOException("exit code " + code);
        }
        return seconds;
    }
}
