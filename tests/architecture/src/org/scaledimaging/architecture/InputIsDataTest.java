package org.scaledimaging.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Files and recipes are data: nothing in them is run, or chooses a class to load. */
@AnalyzeClasses(packages = "org.scaledimaging", importOptions = DoNotIncludeTests.class)
class InputIsDataTest {

    @ArchTest
    static final ArchRule nothingIsDeserializedByJava =
            noClasses().should().dependOnClassesThat(assignableTo(ObjectInputStream.class));

    @ArchTest
    static final ArchRule noClassIsLoadedByItsName = noClasses()
            .that(not(name("org.scaledimaging.cli.option.PluginPath")
                    .or(name("org.scaledimaging.engine.service.Services"))
                    // A class that was made beside it, whose name is part of its own code.
                    .or(name("org.scaledimaging.knime.setting.plugin.FormerLines"))))
            .should()
            .callMethod(Class.class, "forName", String.class)
            .orShould()
            .callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class)
            .orShould()
            .callMethod(ClassLoader.class, "loadClass", String.class)
            .because("only the user's own --plugin-path brings classes");

    @ArchTest
    static final ArchRule noJsonNamesAClass = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.databind.jsontype.."))
            .orShould()
            .dependOnClassesThat(name("com.fasterxml.jackson.annotation.JsonTypeInfo"))
            .orShould()
            .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                    com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameContaining("DefaultTyping")));

    @ArchTest
    static final ArchRule nothingIsRunByAShellOrAScript = noClasses()
            .that(not(name("org.scaledimaging.cli.serve.page.Browser")
                    .or(name("org.scaledimaging.cli.Launcher"))
                    .or(name("org.scaledimaging.engine.s3.CredentialProcess"))))
            .should()
            .dependOnClassesThat(name("java.lang.ProcessBuilder"))
            .orShould()
            .callMethod(Runtime.class, "exec", String.class)
            .orShould()
            .dependOnClassesThat(resideInAnyPackage("javax.script..", "javax.naming..", "java.rmi.."))
            .because("three programs alone are started: the browser at our own server's address, where the user asks"
                    + " for it, Java where there is no bash to start it, and what the user's own AWS profile names to"
                    + " print keys");

    @ArchTest
    static void xmlIsReadInOnePlace(JavaClasses classes) {
        Set<String> readers = classes.stream()
                .filter(user -> user.getDirectDependenciesFromSelf().stream()
                        .anyMatch(use -> use.getTargetClass().getName().equals("javax.xml.stream.XMLInputFactory")))
                .map(user -> user.getPackageName())
                .collect(Collectors.toSet());
        assertEquals(Set.of("org.scaledimaging.engine.xml"), readers);
        List<String> others = classes.stream()
                .filter(user -> user.getDirectDependenciesFromSelf().stream()
                        .anyMatch(use -> resideInAnyPackage("javax.xml.parsers..", "org.xml.sax..", "org.w3c.dom..")
                                .test(use.getTargetClass())))
                .map(user -> user.getName())
                .toList();
        assertEquals(List.of(), others);
    }
}
