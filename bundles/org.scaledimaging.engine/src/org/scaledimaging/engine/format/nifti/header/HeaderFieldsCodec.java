package org.scaledimaging.engine.format.nifti.header;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scaledimaging.engine.format.nifti.header.Extensions.Extension;
import org.scaledimaging.engine.image.HeaderFields;

/** The fields of a header that are passed on with an image, from and to bytes. Texts are Latin-1, so that none is lost. */
final class HeaderFieldsCodec {
    /** All extensions of others that are passed on together. */
    static final int MOST_EXTENSION_BYTES = 1 << 20;

    private static final String DESCRIP = "descrip";
    private static final String AUX_FILE = "aux_file";
    private static final int DESCRIP_BYTES = 80;
    private static final int AUX_BYTES = 24;
    private static final int NAME_BYTES = 16;

    private HeaderFieldsCodec() {}

    /**
     * What a header says besides.
     *
     * @param start the header's bytes
     * @param fourth whether the fourth axis holds channels
     */
    static ObjectNode read(NiftiHeader header, byte[] start, boolean fourth) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        HeaderLayout layout = header.layout();
        FieldPlaces at = FieldPlaces.of(layout);
        ByteBuffer bytes = ByteBuffer.wrap(start).order(header.order());
        text(fields, DESCRIP, start, layout.descrip, DESCRIP_BYTES);
        if (fields.path(DESCRIP).asText().equals(HeaderCodec.DESCRIPTION)) {
            fields.remove(DESCRIP); // what this program writes where nobody said anything
        }
        text(fields, AUX_FILE, start, at.auxFile, AUX_BYTES);
        real(fields, HeaderFields.CAL_MAX, layout.real(bytes, at.calMax, 0));
        real(fields, HeaderFields.CAL_MIN, layout.real(bytes, at.calMax, 1));
        if (header.analyze()) {
            return fields;
        }
        text(fields, HeaderFields.INTENT_NAME, start, at.intentName, NAME_BYTES);
        integer(fields, HeaderFields.INTENT_CODE, HeaderLayout.integer(bytes, at.intentCode, at.intentBytes));
        double[] parameters = {
            layout.real(bytes, at.intentP, 0), layout.real(bytes, at.intentP, 1), layout.real(bytes, at.intentP, 2)
        };
        if (Arrays.stream(parameters).allMatch(Double::isFinite)
                && Arrays.stream(parameters).anyMatch(value -> value != 0)) {
            ArrayNode list = fields.putArray(HeaderFields.INTENT_P);
            Arrays.stream(parameters).forEach(list::add);
        }
        integer(fields, HeaderFields.DIM_INFO, HeaderLayout.integer(bytes, at.dimInfo, 1));
        integer(fields, HeaderFields.SLICE_CODE, HeaderLayout.integer(bytes, at.sliceCode, at.sliceCodeBytes));
        integer(fields, "slice_start", HeaderLayout.integer(bytes, at.sliceStart, at.sliceBytes));
        integer(fields, HeaderFields.SLICE_END, HeaderLayout.integer(bytes, at.sliceEnd, at.sliceBytes));
        real(fields, "slice_duration", layout.real(bytes, at.sliceDuration, 0));
        // Where no axis of the image can hold them.
        boolean noTime = fourth || header.dim()[0] < 4 || header.dim()[0] > 4 && header.dim()[4] == 1;
        if (noTime) {
            real(fields, HeaderFields.TOFFSET, header.toffset());
        }
        if (noTime && !fourth && header.pixdim()[4] != 1 || header.pixdim()[4] == 0) {
            fields.put("pixdim_4", Double.isFinite(header.pixdim()[4]) ? header.pixdim()[4] : 0);
        }
        int time = header.units() & Units.TIME_MASK;
        if (time != 0 && (noTime || Units.name(time).isEmpty())) {
            fields.put("time_units", time);
        }
        return fields;
    }

    private static void integer(ObjectNode fields, String name, long value) {
        if (value != 0) {
            fields.put(name, value);
        }
    }

    private static void real(ObjectNode fields, String name, double value) {
        if (value != 0 && Double.isFinite(value)) {
            fields.put(name, value);
        }
    }

    private static void text(ObjectNode fields, String name, byte[] start, int position, int length) {
        int end = position;
        while (end < position + length && start[end] != 0) {
            end++;
        }
        if (end > position) {
            fields.put(name, new String(start, position, end - position, StandardCharsets.ISO_8859_1));
        }
    }

    /** Writes fields into a header. Those that are no numbers or texts, or too long, are left out or cut. */
    static void write(HeaderFields fields, HeaderLayout layout, ByteBuffer bytes) {
        FieldPlaces at = FieldPlaces.of(layout);
        putText(fields.get(DESCRIP), bytes, layout.descrip, DESCRIP_BYTES);
        putText(fields.get(AUX_FILE), bytes, at.auxFile, AUX_BYTES);
        putText(fields.get(HeaderFields.INTENT_NAME), bytes, at.intentName, NAME_BYTES);
        layout.putReal(bytes, at.calMax, 0, fields.get(HeaderFields.CAL_MAX).asDouble());
        layout.putReal(bytes, at.calMax, 1, fields.get(HeaderFields.CAL_MIN).asDouble());
        for (int i = 0; i < 3; i++) {
            layout.putReal(
                    bytes,
                    at.intentP,
                    i,
                    fields.get(HeaderFields.INTENT_P).path(i).asDouble());
        }
        layout.putReal(bytes, at.sliceDuration, 0, fields.get("slice_duration").asDouble());
        putInteger(fields, HeaderFields.INTENT_CODE, bytes, at.intentCode, at.intentBytes);
        putInteger(fields, HeaderFields.DIM_INFO, bytes, at.dimInfo, 1);
        putInteger(fields, HeaderFields.SLICE_CODE, bytes, at.sliceCode, at.sliceCodeBytes);
        putInteger(fields, "slice_start", bytes, at.sliceStart, at.sliceBytes);
        putInteger(fields, HeaderFields.SLICE_END, bytes, at.sliceEnd, at.sliceBytes);
    }

    private static void putInteger(HeaderFields fields, String name, ByteBuffer bytes, int position, int width) {
        HeaderLayout.putInteger(bytes, position, width, fields.get(name).asLong());
    }

    private static void putText(JsonNode text, ByteBuffer bytes, int position, int length) {
        byte[] content = text.asText("").getBytes(StandardCharsets.ISO_8859_1);
        byte[] field = new byte[length];
        System.arraycopy(content, 0, field, 0, Math.min(content.length, length));
        bytes.put(position, field);
    }

    /** Extensions of others, for {@link HeaderFields#EXTENSIONS}: as many as are at most 1 MiB together. */
    static void add(ObjectNode fields, List<Extension> extensions) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        int left = MOST_EXTENSION_BYTES;
        for (Extension extension : extensions) {
            if (!RecipeExtension.is(extension) && !ChannelExtension.is(extension) && extension.bytes() <= left) {
                left -= extension.bytes();
                ObjectNode json = list.addObject().put(HeaderFields.ECODE, extension.code());
                json.put(HeaderFields.DATA, extension.content());
            }
        }
        if (!list.isEmpty()) {
            fields.set(HeaderFields.EXTENSIONS, list);
        }
    }

    /** The extensions of others that an image brought along. */
    static List<Extension> extensions(HeaderFields fields) {
        List<Extension> extensions = new ArrayList<>();
        int left = MOST_EXTENSION_BYTES;
        for (JsonNode json : fields.get(HeaderFields.EXTENSIONS)) {
            try {
                byte[] content = json.path(HeaderFields.DATA).binaryValue();
                Extension extension =
                        new Extension(json.path(HeaderFields.ECODE).asInt(), content == null ? new byte[0] : content);
                if (extension.content().length > 0 && extension.bytes() <= left) {
                    left -= extension.bytes();
                    extensions.add(extension);
                }
            } catch (IOException | RuntimeException e) {
                continue; // not in Base64
            }
        }
        return extensions;
    }
}
