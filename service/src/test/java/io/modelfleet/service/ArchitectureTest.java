package io.modelfleet.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.modelfleet.service",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule noServiceIsKnownHere =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.modelfleet.coordinator..",
                            "io.modelfleet.agent..",
                            "io.modelfleet.simulator..",
                            "io.modelfleet.console..")
                    .because("the coordinator and the agent share it without knowing each other");

    @ArchTest
    static final ArchRule noWindowAndNoDatabaseIsKnownHere =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("javafx..", "java.sql..", "io.helidon.dbclient..")
                    .because("an agent has neither");

    @ArchTest
    static final ArchRule theWebServerStaysInside =
            noClasses()
                    .that()
                    .arePublic()
                    .and()
                    .doNotHaveSimpleName("JsonServer")
                    .and()
                    .doNotHaveSimpleName("Call")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.helidon..")
                    .because("handlers work with Call and Answer, so Helidon can be exchanged");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsPicocli =
            noClasses()
                    .that()
                    .haveNameNotMatching(".*\\.(Launch|SettingsFile|Durations)(\\$.*)?")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("picocli..")
                    .because("flags are read in one place");
}
