package io.modelfleet.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.modelfleet.protocol",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule noFrameworkIsKnownHere =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.helidon..", "javafx..", "picocli..")
                    .because("a console, a service and a test must all be able to speak it");

    @ArchTest
    static final ArchRule nobodyIsKnownHere =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "io.modelfleet.protocol..",
                            "java..",
                            "com.fasterxml.jackson..",
                            "org.jspecify..")
                    .because("everybody depends on the protocol, so it depends on nobody");

    @ArchTest
    static final ArchRule nothingIsSentFromHere =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.net.http..", "java.sql..", "java.nio.file..")
                    .because("what is said and how it travels change for different reasons");

    @ArchTest
    static final ArchRule timeIsGiven =
            noClasses()
                    .should()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .because("a value that looks at the clock cannot be compared or tested");
}
