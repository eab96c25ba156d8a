package org.scaledimaging.knime.nodes;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsWO;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A file of a workflow as KNIME keeps it: a tree of configs and typed entries. */
record WorkflowXml(Element root) {

    static WorkflowXml read(Path file) throws Exception {
        return new WorkflowXml(DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement());
    }

    /** The children by key, in order. */
    private Map<String, Element> children() {
        Map<String, Element> children = new LinkedHashMap<>();
        for (Node child = root.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && children.put(element.getAttribute("key"), element) != null) {
                throw new AssertionError("key " + element.getAttribute("key") + " twice");
            }
        }
        return children;
    }

    WorkflowXml config(String key) {
        Element child = children().get(key);
        if (child == null || !child.getTagName().equals("config")) {
            throw new AssertionError("no config " + key + " in " + root.getAttribute("key"));
        }
        return new WorkflowXml(child);
    }

    boolean has(String key) {
        return children().containsKey(key);
    }

    Map<String, WorkflowXml> configs() {
        Map<String, WorkflowXml> configs = new LinkedHashMap<>();
        children().forEach((key, element) -> {
            if (element.getTagName().equals("config")) {
                configs.put(key, new WorkflowXml(element));
            }
        });
        return configs;
    }

    String text(String key) {
        Element child = children().get(key);
        if (child == null || !child.getTagName().equals("entry")) {
            throw new AssertionError("no entry " + key + " in " + root.getAttribute("key"));
        }
        return child.getAttribute("value");
    }

    int number(String key) {
        return Integer.parseInt(text(key));
    }

    /** All entries below, by their path: {@code gaussian/sigma}. */
    Map<String, String> entries() {
        Map<String, String> entries = new TreeMap<>();
        children().forEach((key, element) -> {
            if (element.getTagName().equals("entry")) {
                entries.put(key, element.getAttribute("value"));
            } else {
                new WorkflowXml(element).entries().forEach((path, value) -> entries.put(key + "/" + path, value));
            }
        });
        return entries;
    }

    /** The same as a settings tree. */
    void copyTo(NodeSettingsWO settings) {
        children().forEach((key, element) -> {
            String value = element.getAttribute("value");
            switch (element.getTagName().equals("config") ? "config" : element.getAttribute("type")) {
                case "config" -> new WorkflowXml(element).copyTo(settings.addNodeSettings(key));
                case "xstring" -> settings.addString(key, value);
                case "xint" -> settings.addInt(key, Integer.parseInt(value));
                case "xdouble" -> settings.addDouble(key, Double.parseDouble(value));
                case "xboolean" -> settings.addBoolean(key, Boolean.parseBoolean(value));
                default -> throw new AssertionError("type of " + key + ": " + element.getAttribute("type"));
            }
        });
    }

    NodeSettings settings() {
        NodeSettings settings = new NodeSettings("model");
        copyTo(settings);
        return settings;
    }
}
