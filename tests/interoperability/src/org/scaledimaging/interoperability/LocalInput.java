package org.scaledimaging.interoperability;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import org.w3c.dom.ls.LSInput;

/** A schema that another one names by its address, from the class path. */
record LocalInput(String systemId, URL local) implements LSInput {
    @Override
    public InputStream getByteStream() {
        try {
            return local.openStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String getSystemId() {
        return systemId;
    }

    @Override
    public Reader getCharacterStream() {
        return null;
    }

    @Override
    public void setCharacterStream(Reader characters) {}

    @Override
    public void setByteStream(InputStream bytes) {}

    @Override
    public String getStringData() {
        return null;
    }

    @Override
    public void setStringData(String text) {}

    @Override
    public void setSystemId(String id) {}

    @Override
    public String getPublicId() {
        return null;
    }

    @Override
    public void setPublicId(String id) {}

    @Override
    public String getBaseURI() {
        return null;
    }

    @Override
    public void setBaseURI(String base) {}

    @Override
    public String getEncoding() {
        return null;
    }

    @Override
    public void setEncoding(String encoding) {}

    @Override
    public boolean getCertifiedText() {
        return false;
    }

    @Override
    public void setCertifiedText(boolean certified) {}
}
