package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.webui.node.dialog.defaultdialog.NodeParametersUtil;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.persistence.Persistor;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.port.ScaledImagePortObjectSpec;
import org.scaledimaging.knime.setting.plugin.DeclaredParameters;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Every node that plugin.xml offers is complete. */
public class NodeSetTest {
    /** The settings that saved workflows have. Settings that come later are not added here: old workflows lack them. */
    private static final Map<String, String> FIRST_KEYS = Map.of(
            "LoadImage", "channel copyIntoWorkflow level oneChannel oneTime path time",
            "ScaledProcessing",
                    "chunkSize downsampleFactor gaussian/mode gaussian/sigma keepTemporary n4/fullWidthAtHalfMaximum"
                            + " n4/histogramBins n4/iterations n4/mask n4/rescale n4/shrinkFactor n4/splineSpacing"
                            + " n4/tolerance n4/weight n4/wienerNoise parameters pixelType plugin result temporaryFolder"
                            + " useTemporary",
            "SaveOmeZarr", "chunkSize codec codecLevel createFolders folder ifExists levels shardSize version",
            "SaveNifti", "compressionLevel createFolders file ifExists pixelType",
            "DownsampleImage", "factor",
            "SegmentImage", "bins classes inclusive localBlock method thresholds",
            "ImageProperties", "percentiles statistics");

    static Element pluginXml() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(NodeSetTest.class.getResourceAsStream("/plugin.xml"))
                .getDocumentElement();
    }

    public static List<DefaultNodeFactory> factories() throws Exception {
        List<DefaultNodeFactory> factories = new ArrayList<>();
        NodeList nodes = pluginXml().getElementsByTagName("node");
        for (int i = 0; i < nodes.getLength(); i++) {
            String name = ((Element) nodes.item(i)).getAttribute("factory-class");
            factories.add(
                    (DefaultNodeFactory) Class.forName(name).getConstructor().newInstance());
        }
        return factories;
    }

    static Stream<String> names() throws Exception {
        return factories().stream()
                .map(factory -> factory.getClass().getSimpleName().replace("NodeFactory", ""))
                .sorted();
    }

    static DefaultNodeFactory factory(String name) throws Exception {
        return (DefaultNodeFactory) Class.forName(NodeSetTest.class.getPackageName() + "." + name + "NodeFactory")
                .getConstructor()
                .newInstance();
    }

    @SuppressWarnings("unchecked")
    public static Class<? extends NodeParameters> parameters(DefaultNodeFactory factory) throws Exception {
        Object model = NodeRunner.field(NodeRunner.definition(factory), "m_model");
        return (Class<? extends NodeParameters>) NodeRunner.field(model, "m_parametersClass");
    }

    static NodeParameters defaults(Class<? extends NodeParameters> type) throws Exception {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    /** The settings that a new node has, by their path: {@code gaussian/sigma}. */
    static Map<String, Object> settings(Class<? extends NodeParameters> type) throws Exception {
        NodeSettings settings = new NodeSettings("model");
        NodeParametersUtil.saveSettings(type, defaults(type), settings);
        Map<String, Object> found = new TreeMap<>();
        collect("", settings, found);
        return found;
    }

    private static void collect(String path, NodeSettings settings, Map<String, Object> found) throws Exception {
        for (String key : settings.keySet()) {
            try {
                collect(path + key + "/", settings.getNodeSettings(key), found);
            } catch (InvalidSettingsException e) {
                found.put(path + key, value(settings, key));
            }
        }
    }

    private static Object value(NodeSettings settings, String key) throws InvalidSettingsException {
        for (Reading reading : List.<Reading>of(
                settings::getString, settings::getInt, settings::getLong, settings::getDouble, settings::getBoolean)) {
            try {
                return reading.of(key);
            } catch (InvalidSettingsException e) {
                // another type
            }
        }
        throw new InvalidSettingsException(key);
    }

    private interface Reading {
        Object of(String key) throws InvalidSettingsException;
    }

    @Test
    void everyNodeIsOfferedInOrder() throws Exception {
        List<String> names = factories().stream()
                .map(factory -> factory.getClass().getSimpleName().replace("NodeFactory", ""))
                .toList();
        assertTrue(names.containsAll(FIRST_KEYS.keySet()), names::toString);
        assertEquals("LoadImage", names.get(0));
        NodeList nodes = pluginXml().getElementsByTagName("node");
        for (int i = 1; i < nodes.getLength(); i++) {
            assertEquals(factories().get(i - 1).getClass().getName(), ((Element) nodes.item(i)).getAttribute("after"));
        }
    }

    @Test
    void thePortTypeIsRegisteredWithTheClassesThatAreOnPorts() throws Exception {
        Element type = (Element) pluginXml().getElementsByTagName("portType").item(0);
        assertEquals(ScaledImagePortObject.class.getName(), type.getAttribute("objectClass"));
        assertEquals(ScaledImagePortObject.Serializer.class.getName(), type.getAttribute("objectSerializer"));
        assertEquals(ScaledImagePortObjectSpec.class.getName(), type.getAttribute("specClass"));
        assertEquals(ScaledImagePortObjectSpec.Serializer.class.getName(), type.getAttribute("specSerializer"));
        assertNotNull(ScaledImagePortObject.Serializer.class.getConstructor());
        assertNotNull(ScaledImagePortObjectSpec.class.getConstructor());
        Element category =
                (Element) pluginXml().getElementsByTagName("category").item(0);
        assertNotNull(NodeSetTest.class.getResource("/" + category.getAttribute("icon")));
    }

    @ParameterizedTest
    @MethodSource("names")
    void savedSettingsKeepTheirKeysAndNewOnesHaveDefaults(String name) throws Exception {
        Class<? extends NodeParameters> type = parameters(factory(name));
        if (!FIRST_KEYS.containsKey(name)) {
            return; // in no workflow yet
        }
        TreeSet<String> first = new TreeSet<>(Arrays.asList(FIRST_KEYS.get(name).split(" ")));
        TreeSet<String> now = new TreeSet<>(settings(type).keySet());
        assertTrue(now.containsAll(first), () -> "missing of " + first + ": " + now);
        now.removeAll(first);
        now.removeIf(
                key -> key.endsWith("Variable/location_present")); // a place's second key, of which its persistor knows
        for (String added : now) {
            Field field = field(type, added);
            Migrate migrate = field.getAnnotation(Migrate.class);
            assertTrue(
                    field.isAnnotationPresent(Migration.class)
                            || field.isAnnotationPresent(Persistor.class)
                            || migrate != null && migrate.loadDefaultIfAbsent(),
                    () -> added + " has no @Migrate");
        }
    }

    private static Field field(Class<?> type, String path) throws Exception {
        int slash = path.indexOf('/');
        return slash < 0
                ? type.getField(path)
                : field(type.getField(path.substring(0, slash)).getType(), path.substring(slash + 1));
    }

    @ParameterizedTest
    @MethodSource("names")
    void defaultsAreValidAndSurviveTheSettings(String name) throws Exception {
        Class<? extends NodeParameters> type = parameters(factory(name));
        NodeParameters defaults = defaults(type);
        defaults.validate();
        NodeRunner.throughSettings(defaults);
        Map<String, Object> settings = settings(type);
        assertTrue(settings.values().stream().noneMatch(value -> value == null), settings::toString);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNodeWhoseInputIsNotKnownYetWaits(String name) throws Exception {
        DefaultNodeFactory factory = factory(name);
        NodeRunner node = new NodeRunner(factory, defaults(parameters(factory)));
        if (node.node().getNrInPorts() > 1) {
            for (Object spec : node.configure(new PortObjectSpec[] {null})) {
                assertNull(spec);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everySettingIsAWidgetThatIsDescribed(String name) throws Exception {
        for (Field field : fields(parameters(factory(name)))) {
            assertTrue(Modifier.isPublic(field.getModifiers()), () -> field + " is not public");
            if (field.getName().equals("parameters")) {
                continue; // of earlier builds
            }
            Widget widget = field.getAnnotation(Widget.class);
            assertNotNull(widget, field::toString);
            assertXml(widget.title());
            assertXml(widget.description());
            assertTrue(widget.description().endsWith("."), widget::description);
        }
    }

    /** The fields of parameters and of those inside them. */
    public static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        if (type.getSuperclass() != Object.class) {
            fields.addAll(fields(type.getSuperclass()));
        }
        for (Field field : type.getDeclaredFields()) {
            boolean known = field.getDeclaringClass() == DeclaredParameters.class; // KNIME leaves out private fields
            if (known || Modifier.isStatic(field.getModifiers()) || field.getType() == Void.class) {
                continue;
            }
            if (NodeParameters.class.isAssignableFrom(field.getType())) {
                fields.addAll(fields(field.getType()));
            } else {
                fields.add(field);
            }
        }
        return fields;
    }

    /** KNIME's dialogs are narrow, and switches do not wrap: these many characters are seen to fit. */
    @ParameterizedTest
    @MethodSource("names")
    void switchesFitIntoTheDialog(String name) throws Exception {
        for (Field field : fields(parameters(factory(name)))) {
            if (field.isAnnotationPresent(ValueSwitchWidget.class)) {
                int width = 0;
                for (Object constant : field.getType().getEnumConstants()) {
                    Label label = field.getType()
                            .getField(((Enum<?>) constant).name())
                            .getAnnotation(Label.class);
                    width += label.value().length() + 4;
                }
                assertTrue(width <= 52, field + " has the width of " + width);
            }
        }
    }

    /** A KNIME has one of the choosers only; the declarations of its API have both. */
    @ParameterizedTest
    @MethodSource("names")
    void theChoosersOfEveryKnimeSuggestTheSame(String name) throws Exception {
        for (Field field : fields(parameters(factory(name)))) {
            Set<Object> suggestions = new HashSet<>();
            for (Annotation annotation : field.getAnnotations()) {
                if (annotation.annotationType().getSimpleName().matches("LocalFile.*Widget|FileSelectionWidget")) {
                    suggestions.add(
                            annotation.annotationType().getMethod("placeholder").invoke(annotation));
                }
            }
            assertTrue(suggestions.size() <= 1 && !suggestions.contains(""), () -> field + ": " + suggestions);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyNodeHasAnIconAndTextsThatAreXml(String name) throws Exception {
        DefaultNodeFactory factory = factory(name);
        Object node = NodeRunner.definition(factory);
        String icon = (String) NodeRunner.field(node, "m_icon");
        assertNotNull(factory.getClass().getResource(icon), icon);
        assertXml((String) NodeRunner.field(node, "m_name"));
        assertXml((String) NodeRunner.field(node, "m_shortDescription"));
        assertXml((String) NodeRunner.field(node, "m_fullDescription"));
    }

    /** As KNIME's lists of nodes group and find them. */
    @ParameterizedTest
    @MethodSource("names")
    @SuppressWarnings("unchecked")
    void everyNodeIsOfAKindAndFoundByItsKeywords(String name) throws Exception {
        Object node = NodeRunner.definition(factory(name));
        NodeType type = (NodeType) NodeRunner.field(node, "m_nodeType");
        assertNotNull(type);
        assertEquals(name.matches("(Load|List).*"), type == NodeType.Source);
        assertEquals(name.matches("Save.*"), type == NodeType.Sink);
        assertEquals(name.matches(".*Viewer"), type == NodeType.Visualizer);
        List<String> keywords = List.copyOf((List<String>) NodeRunner.field(node, "m_keywords"));
        assertEquals(keywords.size(), Set.copyOf(keywords).size(), keywords::toString);
        assertTrue(keywords.size() >= 3, keywords::toString);
        if (name.matches("Load.*|Save.*")) {
            List<String> wanted = name.startsWith("Load") ? List.of("reader", "import") : List.of("writer", "export");
            assertTrue(keywords.containsAll(wanted), keywords::toString);
            assertEquals(false, settings(parameters(factory(name))).getOrDefault("createFolders", false));
        }
    }

    /** KNIME makes an XML description of these texts, unescaped. */
    private static void assertXml(String text) {
        assertDoesNotThrow(
                () -> DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader("<fragment>" + text + "</fragment>"))),
                text);
    }
}
