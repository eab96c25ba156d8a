package org.scaledimaging.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may know whom: dependencies point one way, and the engine stays usable from any JVM. */
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
                    "javax.imageio..", // JPEG in TIFF
                    "javax.xml.stream..", // OME-XML
                    "net.imglib2..",
                    "com.fasterxml.jackson..",
                    "com.github.luben.zstd..",
                    "com.sun.jna..",
                    "net.jpountz..",
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
                List.of(ENGINE + ".scaled"),
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
                    "org.scaledimaging.cli..", ENGINE + "..", "java..", "picocli..", "me.tongfei.progressbar.."));

    @ArchTest
    static final ArchRule theNodesKnowTheEngineAndKnime = classes()
            .that()
            .resideInAPackage("org.scaledimaging.knime..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "org.scaledimaging.knime..",
                    ENGINE + "..",
                    "java..",
                    "javax.swing..", // a port object's views
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
    static final ArchRule imageKnowsNothingElseOfTheEngine = room("image");

    @ArchTest
    static final ArchRule executeKnowsImageAtMost = room("execute", "image");

    @ArchTest
    static final ArchRule resampleKnowsImagesAndHowWorkIsRun = room("resample", "image", "execute");

    @ArchTest
    static final ArchRule viewsForImgLib2KnowImage = room("imglib2", "image");

    @ArchTest
    static final ArchRule formatsKnowImagesAndHowWorkIsRun = room("io", "image", "execute", "resample", "statistics");

    @ArchTest
    static final ArchRule ofTheFormatsOmeZarrAloneResamplesAndMeasures = noClasses()
            .that(resideInAPackage(ENGINE + ".io..").and(not(resideInAPackage(ENGINE + ".io.omezarr"))))
            .should()
            .dependOnClassesThat(resideInAnyPackage(ENGINE + ".resample..", ENGINE + ".statistics.."))
            .because("it writes the levels of a pyramid in the pass that writes the image, and display windows");

    @ArchTest
    static final ArchRule scaledKnowsTheRoomsBelow = room("scaled", "image", "resample", "execute", "io");

    @ArchTest
    static final ArchRule statisticsKnowImagesAndHowWorkIsRun = room("statistics", "image", "execute");

    @ArchTest
    static final ArchRule segmentationKnowsStatisticsAndPlugins =
            room("segmentation", "image", "execute", "resample", "statistics", "scaled");

    @ArchTest
    static final ArchRule recipesKnowTheRoomsBelow =
            room("recipe", "image", "resample", "execute", "io", "scaled", "statistics", "segmentation");

    @ArchTest
    static final ArchRule theFrontDoorIsForThoseOutside =
            noClasses().that().resideInAPackage(ENGINE + ".*..").should().dependOnClassesThat(resideInAPackage(ENGINE));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.scaledimaging.(**)").should().beFreeOfCycles();

    /** Of the engine, a room's classes may use their own room and the named ones. */
    private static ArchRule room(String room, String... below) {
        List<String> allowed = new ArrayList<>(List.of(ENGINE + "." + room + ".."));
        for (String name : below) {
            allowed.add(ENGINE + "." + name + "..");
        }
        return noClasses()
                .that()
                .resideInAPackage(ENGINE + "." + room + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ENGINE + "..").and(not(resideInAnyPackage(allowed.toArray(String[]::new)))));
    }

    private static String topLevelName(JavaClass type) {
        String name = type.getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
