package org.scaledimaging.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Dependencies point one way, and the engine stays usable from any JVM. */
@AnalyzeClasses(packages = "org.scaledimaging", importOptions = DoNotIncludeTests.class)
class DependenciesTest {
    private static final String ENGINE = "org.scaledimaging.engine";
    private static final String FRAMEWORK = "org.osgi..";

    @ArchTest
    static final ArchRule theEngineKnowsNothingButItsLibraries = classes()
            .that()
            .resideInAPackage(ENGINE + "..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    ENGINE + "..",
                    "java..",
                    "javax.crypto..", // signatures of requests to object stores
                    "javax.net.ssl..", // a client that needs none of it
                    "javax.imageio..", // JPEG in TIFF
                    "javax.xml.stream..", // OME-XML
                    "net.imglib2..",
                    "com.fasterxml.jackson..",
                    "com.github.luben.zstd..",
                    "com.sun.jna..",
                    "net.jpountz..",
                    "org.tukaani.xz..",
                    "io.airlift.compress..", // bzip2
                    "io.jhdf..", // HDF5
                    FRAMEWORK));

    @ArchTest
    static void oneClassOfTheEngineKnowsOsgi(JavaClasses classes) {
        Set<String> users = classes.stream()
                .filter(resideInAPackage(ENGINE + ".."))
                .filter(user -> user.getDirectDependenciesFromSelf().stream()
                        .anyMatch(use -> resideInAPackage(FRAMEWORK).test(use.getTargetClass())))
                .map(DependenciesTest::topLevelName)
                .collect(Collectors.toSet());
        assertEquals(
                List.of(ENGINE + ".service"),
                users.stream()
                        .map(name -> name.substring(0, name.lastIndexOf('.')))
                        .toList(),
                () -> "classes that use OSGi: " + users);
    }

    @ArchTest
    static final ArchRule builtInPluginsKnowTheEngineAlone = classes()
            .that()
            .resideInAPackage("org.scaledimaging.plugins..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("org.scaledimaging.plugins..", ENGINE + "..", "java.."));

    @ArchTest
    static final ArchRule theCommandLineKnowsNoPlugin = classes()
            .that()
            .resideInAPackage("org.scaledimaging.cli..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "org.scaledimaging.cli..",
                    ENGINE + "..",
                    "java..",
                    "com.sun.net.httpserver..",
                    "picocli..",
                    "me.tongfei.progressbar.."));

    @ArchTest
    static final ArchRule theNodesKnowTheEngineAndKnime = classes()
            .that()
            .resideInAPackage("org.scaledimaging.knime..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "org.scaledimaging.knime..",
                    ENGINE + "..",
                    "java..",
                    "javax.swing..", // what ports show, and tables
                    "javax.imageio..", // thumbnails
                    "com.fasterxml.jackson..", // what views are told
                    "org.objectweb.asm..", // dialogs from declarations
                    "org.knime.."));

    @ArchTest
    static final ArchRule nobodyElseKnowsKnime = noClasses()
            .that(resideInAPackage("org.scaledimaging..").and(not(resideInAPackage("org.scaledimaging.knime.."))))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.scaledimaging.knime..", "org.knime.."));

    @ArchTest
    static final ArchRule nobodyKnowsSparkButItsExecutor = noClasses()
            .that(resideInAPackage("org.scaledimaging..").and(not(resideInAPackage("org.scaledimaging.spark.."))))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.scaledimaging.spark..", "org.apache.spark..", "scala.."));

    @ArchTest
    static void theRoomsOfTheEngineKnowWhomTheDesignSays(JavaClasses classes) throws IOException {
        SortedSet<String> found = new TreeSet<>();
        for (JavaClass user : classes.that(resideInAPackage(ENGINE + ".."))) {
            user.getDirectDependenciesFromSelf().stream()
                    .map(use -> use.getTargetClass().getBaseComponentType())
                    .filter(resideInAPackage(ENGINE + ".."))
                    .filter(used -> !used.getPackageName().equals(user.getPackageName()))
                    .forEach(used -> found.add(user.getPackageName() + " → " + used.getPackageName()));
        }
        SortedSet<String> drawn = Design.arrows();
        assertTrue(drawn.size() > 50, () -> "arrows in the design: " + drawn.size());
        SortedSet<String> notDrawn = new TreeSet<>(found);
        notDrawn.removeAll(drawn);
        drawn.removeAll(found);
        assertEquals(
                "not in the design: [], not in the code: []",
                "not in the design: " + notDrawn + ", not in the code: " + drawn);
    }

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.scaledimaging.(**)").should().beFreeOfCycles();

    private static String topLevelName(JavaClass type) {
        String name = type.getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
