package org.scaledimaging.knime.view;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.wait.Cancelling;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.picture.plane.Slices;
import org.scaledimaging.knime.port.MetadataTable;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.Sentences;

/** The page of a port: the image's metadata and, where that takes little, the slices through its middle. */
final class PortPage {
    private static final int PIXELS = 320;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final String USE_VIEWER = "The node Image Viewer shows its slices.";

    private static final String STYLE =
            ":root{color-scheme:light dark}body{margin:8px;font:13px/1.4 system-ui,sans-serif;"
                    + "display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start}table{border-collapse:collapse}th,td{text-align:left;padding:1px"
                    + " 14px 1px 0;font-weight:400}th{opacity:.7}img{max-width:100%;max-height:calc(100vh - 16px)}";

    private PortPage() {}

    /** Of an image that is not there yet. */
    static String of(ImageMetadata image) {
        return page(table(image));
    }

    /** Of an image that can be read. */
    static String of(ScaledImagePortObject image) {
        return page(picture(image) + table(image.getSpec().metadata()));
    }

    private static String page(String body) {
        return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Image</title><style>" + STYLE
                + "</style></head><body>" + body + "</body></html>";
    }

    private static String table(ImageMetadata image) {
        StringBuilder rows = new StringBuilder("<table>");
        for (List<String> row : MetadataTable.rows(image)) {
            rows.append("<tr><th scope=\"row\">")
                    .append(marked(row.get(0)))
                    .append("</th><td>")
                    .append(marked(row.get(1)))
                    .append("</td></tr>");
        }
        return rows.append("</table>").toString();
    }

    /** KNIME asks for the page when a node is clicked at: so it is given up soon. */
    private static String picture(ScaledImagePortObject image) {
        Execution execution = Execution.standard().withProgress(new Patience(MOST_NANOS, () -> false));
        try (Cancelling cancelling = Cancelling.by(execution.progress()::isCancelled);
                Image opened = image.open(execution)) {
            for (Axis axis : Slices.of(opened.source()).normals()) {
                if (!ViewFolder.takesLittle(opened, axis, PIXELS)) {
                    return paragraph(USE_VIEWER);
                }
            }
            byte[] png = Thumbnail.png(opened, PIXELS, execution);
            return "<img alt=\"Slices through the middle\" src=\"data:image/png;base64,"
                    + Base64.getEncoder().encodeToString(png) + "\">";
        } catch (CancellationException e) {
            return paragraph(USE_VIEWER);
        } catch (IOException | ParameterException | RuntimeException e) {
            return paragraph(String.valueOf(Sentences.of(e)));
        }
    }

    private static String paragraph(String text) {
        return "<p>" + marked(text) + "</p>";
    }

    private static String marked(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
