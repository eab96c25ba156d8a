package org.scaledimaging.engine.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.scaledimaging.engine.http.HttpExchanges.Reply;
import org.scaledimaging.engine.xml.Xml;

/** Reads what stores answer in XML: lists of elements that hold texts. */
public final class BucketAnswers {
    private BucketAnswers() {}

    /**
     * The elements of a name, each as the texts of those inside it.
     *
     * @throws IOException when the answer is no XML
     */
    public static List<Map<String, String>> elements(Reply reply, String name) throws IOException {
        List<Map<String, String>> found = new ArrayList<>();
        try {
            XMLStreamReader xml = Xml.read(new ByteArrayInputStream(reply.body()));
            Deque<String> path = new ArrayDeque<>();
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    path.push(xml.getLocalName());
                    if (xml.getLocalName().equals(name)) {
                        found.add(new HashMap<>());
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    path.pop();
                } else if (event == XMLStreamConstants.CHARACTERS && path.size() > 1) {
                    String inside = path.pop();
                    if (path.peek().equals(name)) {
                        found.get(found.size() - 1).merge(inside, xml.getText(), String::concat);
                    }
                    path.push(inside);
                }
            }
            return found;
        } catch (XMLStreamException e) {
            throw new IOException("an answer that is no XML", e);
        }
    }

    /** The first element of a name, as the texts inside it; empty where there is none. */
    public static Map<String, String> first(Reply reply, String name) throws IOException {
        List<Map<String, String>> found = elements(reply, name);
        return found.isEmpty() ? Map.of() : found.get(0);
    }

    /** The code of an error; empty where there is none. */
    public static String code(Reply reply) {
        try {
            List<Map<String, String>> errors = elements(reply, "Error");
            String code = errors.isEmpty() ? "" : errors.get(0).getOrDefault("Code", "");
            return code.matches("[A-Za-z0-9]{1,60}") ? code : "";
        } catch (IOException e) {
            return "";
        }
    }
}
