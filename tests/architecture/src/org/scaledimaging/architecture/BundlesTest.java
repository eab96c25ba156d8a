package org.scaledimaging.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Manifests and target definitions tell OSGi the same as the sources and as Maven is told. */
class BundlesTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    @Test
    void thePluginsBundleExportsEveryPackage() throws IOException {
        Path folder = ROOT.resolve("bundles/org.scaledimaging.plugins");
        assertEquals(publicPackages(folder.resolve("src")), exportedPackages(folder, clause -> true));
    }

    @Test
    void theEngineExportsItsApiToAllAndTheRestToOurOwnBundlesAtMost() throws IOException {
        Path folder = ROOT.resolve("bundles/org.scaledimaging.engine");
        assertEquals(Design.api(), exportedPackages(folder, clause -> !clause.contains("x-friends:=")));
    }

    @Test
    void insideAndOutsideOsgiTheSameLibrariesAreUsed() throws Exception {
        Map<String, String> outside = versions(ROOT.resolve("pom.xml"));
        Map<String, String> inside = versions(ROOT.resolve("targets/libs.target"));
        assertTrue(inside.size() > 5, () -> "libraries found in libs.target: " + inside);
        outside.keySet().retainAll(inside.keySet());
        assertEquals(inside, outside);
    }

    @Test
    void thePageOnDependenciesHasEveryLibraryAndItsVersion() throws Exception {
        List<String> page = Files.readAllLines(ROOT.resolve("docs/dependencies.md"));
        versions(ROOT.resolve("targets/libs.target")).forEach((library, version) -> {
            String row = "| `" + library.substring(library.indexOf(':') + 1) + "` | " + version + " | ";
            assertTrue(page.stream().anyMatch(line -> line.startsWith(row)), () -> "no row " + row);
        });
    }

    /** What lies inside the engine's bundle is pinned in pom.xml alone, copied by the engine's, and named on the page. */
    @Test
    void librariesInsideABundleArePinnedAndOnThePage() throws Exception {
        Path engine = ROOT.resolve("bundles/org.scaledimaging.engine");
        Map<String, String> pinned = new TreeMap<>();
        versions(ROOT.resolve("pom.xml"))
                .forEach((library, version) -> pinned.put(library.substring(library.indexOf(':') + 1), version));
        List<String> page = Files.readAllLines(ROOT.resolve("docs/dependencies.md"));
        String pom = Files.readString(engine.resolve("pom.xml"));
        List<String> inside =
                new ArrayList<>(List.of(header(engine, "Bundle-ClassPath").split(",")));
        assertTrue(inside.remove("."), inside::toString);
        assertEquals(5, inside.size(), inside::toString);
        for (String jar : inside) {
            String library = jar.replaceAll("^lib/|\\.jar$", "");
            assertTrue(pom.contains("<artifactId>" + library + "</artifactId>"), library);
            String row = "| `" + library + "` | " + pinned.get(library) + " | ";
            assertTrue(page.stream().anyMatch(line -> line.startsWith(row)), () -> "no row " + row);
        }
    }

    /** Eclipse shows a feature's licence before it installs it; who offers it stands in one file, of which each gets a copy. */
    @Test
    void featuresHaveTheWholeLicenceAndTheWordsOfThePublisher() throws Exception {
        String licence = Files.readString(ROOT.resolve("LICENSE")).strip();
        Properties words = new Properties();
        try (InputStream in = Files.newInputStream(ROOT.resolve("features/publisher.properties"))) {
            words.load(in);
        }
        List<Path> features;
        try (Stream<Path> files = Files.list(ROOT.resolve("features"))) {
            features = files.filter(Files::isDirectory).sorted().toList();
        }
        assertEquals(3, features.size(), features::toString);
        for (Path folder : features) {
            Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(folder.resolve("feature.xml").toFile())
                    .getDocumentElement();
            NodeList texts = root.getElementsByTagName("license");
            assertEquals(licence, texts.item(0).getTextContent().strip());
            assertTrue(Files.readString(folder.resolve("build.properties")).contains("feature.properties"));
            assertEquals("%provider", root.getAttribute("provider-name"));
            assertEquals(
                    "%copyright",
                    root.getElementsByTagName("copyright")
                            .item(0)
                            .getTextContent()
                            .strip());
            assertTrue(!root.getAttribute("label").isBlank());
        }
        assertEquals(Set.of("provider", "copyright"), words.stringPropertyNames());
        assertTrue(words.getProperty("copyright").matches("(?s).*Contact: \\S+.*Source: \\S+.*"));
    }

    private static TreeSet<String> publicPackages(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            TreeSet<String> packages = new TreeSet<>();
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
                    .forEach(packages::add);
            return packages;
        }
    }

    private static TreeSet<String> exportedPackages(Path bundle, Predicate<String> which) throws IOException {
        TreeSet<String> packages = new TreeSet<>();
        for (String clause : header(bundle, "Export-Package").split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
            if (which.test(clause)) { // the commas are those outside quotes
                packages.add(clause.split(";")[0].strip());
            }
        }
        return packages;
    }

    private static String header(Path bundle, String name) throws IOException {
        try (InputStream in = Files.newInputStream(bundle.resolve("META-INF/MANIFEST.MF"))) {
            return new Manifest(in).getMainAttributes().getValue(name);
        }
    }

    /** Group and artifact → version of each {@code dependency} element that names a version. */
    private static Map<String, String> versions(Path file) throws Exception {
        NodeList dependencies = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getElementsByTagName("dependency");
        Map<String, String> versions = new TreeMap<>();
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            List<String> words = new ArrayList<>();
            for (String tag : List.of("groupId", "artifactId", "version")) {
                words.add(dependency.getElementsByTagName(tag).item(0).getTextContent());
            }
            versions.put(words.get(0) + ":" + words.get(1), words.get(2));
        }
        return versions;
    }
}
