package org.scaledimaging.cli.serve;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.scaledimaging.engine.image.ImageMetadata;

/** The page that says which images a server has, and where. */
final class ListingPage {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Scaled Imaging</title>
            <style>
            :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
            body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            th, td { text-align: left; padding: .25rem 1.5rem .25rem 0; vertical-align: top; }
            </style>
            </head>
            <body>
            <h1>Images</h1>
            <p>Each is an OME-Zarr that is computed as it is looked at. Open an address in a program that reads OME-Zarr.</p>
            <table>
            <tr><th>Image</th><th>OME-Zarr 0.4</th><th>OME-Zarr 0.5</th></tr>
            """;

    private ListingPage() {}

    static String of(Session session) {
        StringBuilder page = new StringBuilder(HEAD);
        for (String name : session.names()) {
            page.append("<tr><td>").append(escaped(name)).append("<br><small>");
            page.append(escaped(about(session, name))).append("</small></td>");
            for (String version : new String[] {"0.4", "0.5"}) {
                String path = escaped(ImageRequests.path(name, version));
                page.append("<td><a href=\"")
                        .append(path)
                        .append("\">")
                        .append(path)
                        .append("</a></td>");
            }
            page.append("</tr>\n");
        }
        return page.append("</table>\n</body>\n</html>\n").toString();
    }

    /**
     * What lies in a folder of an OME-Zarr, as simple servers list files and programs read such lists.
     *
     * @param image the OME-Zarr's path
     * @param folder within it; empty for all of it
     * @param files names, of folders with a slash behind
     */
    static String ofFolder(String image, String folder, List<String> files) {
        String path = escaped(image + "/" + (folder.isEmpty() ? "" : folder + "/"));
        StringBuilder page = new StringBuilder(
                        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>")
                .append(path)
                .append("</title></head>\n<body>\n<h1>")
                .append(path)
                .append("</h1>\n<ul>\n");
        for (String file : files) {
            String name = escaped(file);
            page.append("<li><a href=\"")
                    .append(path)
                    .append(name)
                    .append("\">")
                    .append(name)
                    .append("</a></li>\n");
        }
        return page.append("</ul>\n</body>\n</html>\n").toString();
    }

    private static String about(Session session, String name) {
        Optional<CompletableFuture<ServedImage>> image = session.find(name);
        if (image.isEmpty() || image.get().isCompletedExceptionally()) {
            return "gone";
        }
        if (!image.get().isDone()) {
            return session.doing().isEmpty() ? "waiting" : session.doing();
        }
        ImageMetadata metadata = image.get().join().image().metadata();
        return metadata.axes() + " "
                + Arrays.stream(metadata.shape()).mapToObj(Long::toString).collect(Collectors.joining("×")) + " "
                + metadata.pixelType().label();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
