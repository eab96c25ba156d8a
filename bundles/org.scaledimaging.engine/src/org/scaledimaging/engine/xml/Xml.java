package org.scaledimaging.engine.xml;

import java.io.InputStream;
import java.io.Reader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML of unknown origin: document types, hence entities, are refused, and nothing else is ever fetched. */
public final class Xml {
    private Xml() {}

    /** @throws XMLStreamException when the text does not begin as XML does */
    public static XMLStreamReader read(Reader text) throws XMLStreamException {
        return factory().createXMLStreamReader(text);
    }

    /** As {@link #read(Reader)}, in the encoding that the bytes themselves tell. */
    public static XMLStreamReader read(InputStream bytes) throws XMLStreamException {
        return factory().createXMLStreamReader(bytes);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("an external entity");
        });
        return factory;
    }
}
