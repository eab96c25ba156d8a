package org.scaledimaging.engine.format.tiff.stack;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.format.tiff.page.Directory;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.format.tiff.page.Tags;
import org.scaledimaging.engine.format.tiff.page.TiffFile;

/**
 * The JSON of Micro-Manager: of each page in a tag, of the acquisition behind the file's header or in a file
 * {@code metadata.txt} beside it.
 *
 * @param page what is said of the first page
 * @param summary of the acquisition; empty where there is none
 */
public record MicroManager(JsonNode page, JsonNode summary) {
    /** The file beside those of a data set in NDTiff that says where its planes are. */
    public static final String INDEX = "NDTiff.index";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int HEADER_BYTES = 40;
    private static final int SUMMARY = 2355492;
    private static final int ND_TIFF = 483729;
    private static final int MOST_SUMMARY = 16 << 20;
    private static final String BESIDE = "metadata.txt";

    /** Nothing where a file is not Micro-Manager's. */
    public static Optional<MicroManager> of(Pages pages) throws IOException {
        Optional<JsonNode> page = page(pages.first());
        return page.isEmpty()
                ? Optional.empty()
                : Optional.of(new MicroManager(page.get(), summary(pages.file()).orElse(MAPPER.createObjectNode())));
    }

    /** What is said of a page. */
    static Optional<JsonNode> page(Directory directory) throws IOException {
        return json(directory.text(Tags.MICRO_MANAGER));
    }

    private static Optional<JsonNode> json(String text) throws IOException {
        try {
            return Optional.of(MAPPER.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> summary(TiffFile file) throws IOException {
        ByteBuffer header = file.read(0, Math.min(HEADER_BYTES, file.size()), "the header");
        for (int at = header.limit() < HEADER_BYTES ? HEADER_BYTES : header.getInt(8) == ND_TIFF ? 16 : 32;
                at <= HEADER_BYTES - 8;
                at += 4) { // NDTiff has one or two numbers of its version before it
            long length = Integer.toUnsignedLong(header.getInt(at + 4));
            if (header.getInt(at) == SUMMARY && length <= Math.min(MOST_SUMMARY, file.size() - at - 8)) {
                byte[] text =
                        file.read(at + 8, length, "Micro-Manager's summary").array();
                return json(new String(text, StandardCharsets.UTF_8).replaceFirst("(?s)\0.*", ""));
            }
        }
        return beside(file.path().resolveSibling(BESIDE));
    }

    /** That file has what is said of each page, too, behind the summary. */
    private static Optional<JsonNode> beside(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = MAPPER.createParser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isSummary = parser.currentName().equals("Summary");
                parser.nextToken();
                if (isSummary) {
                    return Optional.of(parser.<JsonNode>readValueAsTree()).filter(JsonNode::isObject);
                }
                parser.skipChildren();
            }
        } catch (JsonProcessingException | CharConversionException e) {
            return Optional.empty(); // another file of that name
        }
        return Optional.empty();
    }

    /** What a pixel is along y and x. */
    public Scale pixel() {
        Scale ofPage = Scale.of(page.path("PixelSizeUm").asDouble(), "um");
        return ofPage.isKnown() ? ofPage : Scale.of(summary.path("PixelSize_um").asDouble(), "um");
    }

    /** The distance of planes, in micrometres. */
    public Scale z() {
        return Scale.of(Math.abs(summary.path("z-step_um").asDouble()), "um");
    }

    /** The interval between time points, in seconds. */
    public Scale t() {
        return Scale.of(summary.path("Interval_ms").asDouble() / 1000, "s");
    }

    /** What channels are called, all of the acquisition. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        summary.path("ChNames").forEach(name -> names.add(name.asText().strip()));
        return names.stream().allMatch(name -> !name.isEmpty()) ? names : List.of();
    }

    /** Their colours; none where all are white. */
    List<Optional<Integer>> colours() {
        List<Optional<Integer>> colours = new ArrayList<>();
        for (JsonNode colour : summary.path("ChColors")) {
            colours.add(Optional.of(colour.asInt() & 0xFFFFFF).filter(rgb -> rgb != 0));
        }
        return colours.stream().flatMap(Optional::stream).anyMatch(rgb -> rgb != 0xFFFFFF) ? colours : List.of();
    }
}
