package org.scaledimaging.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.cyclonedx.Version;
import org.cyclonedx.exception.GeneratorException;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.model.license.Expression;

/**
 * Lists the parts of an installation in the words of CycloneDX (ECMA-424): the same bytes for the same parts and time.
 */
final class BillOfMaterials {
    private final Bom bom = new Bom();

    /** @param built stands for the time of the build */
    BillOfMaterials(String version, Instant built) {
        Component product = new Component();
        product.setType(Component.Type.APPLICATION);
        product.setName("scaled-imaging");
        product.setVersion(version);
        product.setBomRef("scaled-imaging@" + version);
        product.setLicenses(licence(Parts.OWN_LICENCE));
        Metadata metadata = new Metadata();
        metadata.setTimestamp(Date.from(built));
        metadata.setComponent(product);
        bom.setMetadata(metadata);
    }

    BillOfMaterials with(List<Part> parts) {
        for (Part part : parts) {
            Component component = component(Component.Type.LIBRARY, part.name(), part.version(), part.licence());
            if (!part.group().isEmpty()) {
                component.setGroup(part.group());
                component.setPurl("pkg:maven/" + part.group() + "/" + part.name() + "@" + part.version() + "?type=jar");
            }
            component.addHash(new Hash(Hash.Algorithm.SHA_256, part.sha256()));
            for (Part.Bundled bundled : part.packages()) {
                Component inside =
                        component(Component.Type.LIBRARY, bundled.name(), bundled.version(), bundled.licence());
                inside.setPurl("pkg:npm/" + bundled.name().replace("@", "%40") + "@" + bundled.version());
                component.addComponent(inside);
            }
            bom.addComponent(component);
        }
        return this;
    }

    /** @param release the file of this name of a runtime, which says what it is */
    BillOfMaterials withRuntime(Path release) throws IOException {
        Properties said = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            said.load(reader);
        }
        String version = said.getProperty("JAVA_VERSION", "").replace("\"", "");
        bom.addComponent(
                component(Component.Type.PLATFORM, "OpenJDK", version, "GPL-2.0-only WITH Classpath-exception-2.0"));
        return this;
    }

    void write(Path file) throws IOException {
        try {
            String json =
                    BomGeneratorFactory.createJson(Version.VERSION_16, bom).toJsonString();
            Files.write(file, (json.strip() + "\n").getBytes(UTF_8));
        } catch (GeneratorException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static Component component(Component.Type type, String name, String version, String licence) {
        Component component = new Component();
        component.setType(type);
        component.setName(name);
        component.setVersion(version);
        component.setBomRef(name + "@" + version);
        component.setLicenses(licence(licence));
        return component;
    }

    private static LicenseChoice licence(String expression) {
        LicenseChoice choice = new LicenseChoice();
        if (expression.contains(" ")) {
            choice.setExpression(new Expression(expression));
        } else {
            License one = new License();
            one.setId(expression);
            choice.addLicense(one);
        }
        return choice;
    }
}
