package org.scaledimaging.engine.format.omezarr.collection;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.scaledimaging.engine.xml.Xml;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/** Names of images, as a collection's OME-XML has them. Nothing depends on them, so XML that is damaged has none. */
final class SeriesNames {
    private static final int LARGEST_FILE = 256 << 20;

    private SeriesNames() {}

    /** In the order of the images; empty texts where they have none. Document types are refused, nothing else is fetched. */
    static List<String> read(ZarrStore store, String key) throws IOException {
        Optional<ByteBuffer> file = store.get(key, LARGEST_FILE);
        if (file.isEmpty()) {
            return List.of();
        }
        ByteBuffer bytes = file.get();
        try {
            XMLStreamReader xml = Xml.read(
                    new ByteArrayInputStream(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining()));
            List<String> names = new ArrayList<>();
            int depth = 0;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT
                        && ++depth == 2
                        && xml.getLocalName().equals("Image")) {
                    String name = xml.getAttributeValue(null, "Name");
                    names.add(name == null ? "" : name.strip());
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                }
            }
            return names;
        } catch (XMLStreamException e) {
            return List.of();
        }
    }
}
