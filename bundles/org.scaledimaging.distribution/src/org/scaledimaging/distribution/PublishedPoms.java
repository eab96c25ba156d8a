package org.scaledimaging.distribution;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Developer;
import org.apache.maven.model.Model;
import org.apache.maven.model.Scm;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.model.io.xpp3.MavenXpp3Writer;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;

/**
 * Writes the POMs of what is published on Maven: those of the modules, without the build, with the versions that the top POM
 * declares, under names that programs outside OSGi expect.
 */
public final class PublishedPoms {
    /** Which modules are published, and as what. */
    static final Map<String, String> ARTIFACTS =
            Map.of(Parts.OWN + ".engine", "engine", Parts.OWN + ".plugins", "plugins", Parts.OWN + ".cli", "cli");

    private PublishedPoms() {}

    /** @param arguments the project's top folder, the version, the folder for POMs */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        Path folder = Files.createDirectories(Path.of(arguments[2]));
        Model top = read(root.resolve("pom.xml"));
        Properties publisher = new Properties();
        try (Reader reader = Files.newBufferedReader(root.resolve("features/publisher.properties"))) {
            publisher.load(reader);
        }
        for (String module : ARTIFACTS.keySet()) {
            Model model = published(top, read(root.resolve("bundles/" + module + "/pom.xml")), publisher, arguments[1]);
            try (Writer writer = Files.newBufferedWriter(folder.resolve(model.getArtifactId() + ".pom"))) {
                new MavenXpp3Writer().write(writer, model);
            }
        }
    }

    private static Model published(Model top, Model module, Properties publisher, String version) {
        Model model = new Model();
        model.setModelVersion("4.0.0");
        model.setGroupId(Parts.OWN);
        model.setArtifactId(ARTIFACTS.get(module.getArtifactId()));
        model.setVersion(version);
        model.setName(module.getName());
        model.setDescription(module.getDescription());
        model.setLicenses(top.getLicenses());
        String source = line(publisher, "Source");
        model.setUrl(source);
        Scm scm = new Scm();
        scm.setUrl(source);
        scm.setConnection("scm:git:" + source);
        model.setScm(scm);
        Developer developer = new Developer();
        developer.setName(publisher.getProperty("provider"));
        developer.setEmail(line(publisher, "Contact"));
        model.addDeveloper(developer);
        for (Dependency declared : module.getDependencies()) {
            model.addDependency(published(top, declared, version));
        }
        return model;
    }

    private static Dependency published(Model top, Dependency declared, String version) {
        Dependency dependency = declared.clone();
        String own = ARTIFACTS.get(declared.getArtifactId());
        if (own != null) {
            dependency.setArtifactId(own);
            dependency.setVersion(version);
            return dependency;
        }
        Dependency managed = top.getDependencyManagement().getDependencies().stream()
                .filter(candidate -> candidate.getManagementKey().equals(declared.getManagementKey()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        declared.getManagementKey() + ": found no version of it in pom.xml, expected one."));
        dependency.setVersion(managed.getVersion());
        dependency.setExclusions(managed.getExclusions());
        return dependency;
    }

    /** What stands behind a word in the lines of the publisher's copyright. */
    private static String line(Properties publisher, String word) {
        return Pattern.compile(word + ": (\\S+)")
                .matcher(publisher.getProperty("copyright"))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "features/publisher.properties: found no line '" + word + ": …', expected one."));
    }

    private static Model read(Path pom) throws IOException {
        try (Reader reader = Files.newBufferedReader(pom)) {
            return new MavenXpp3Reader().read(reader);
        } catch (XmlPullParserException e) {
            throw new IOException(pom + ": " + e.getMessage(), e);
        }
    }
}
