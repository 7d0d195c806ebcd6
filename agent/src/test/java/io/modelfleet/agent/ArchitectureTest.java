package io.modelfleet.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.modelfleet.agent",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.modelfleet.agent";

    @ArchTest
    static final ArchRule floorsAreEnteredFromAbove =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("root")
                    .definedBy(ROOT)
                    .layer("http")
                    .definedBy(ROOT + ".http..")
                    .layer("link")
                    .definedBy(ROOT + ".link..")
                    .layer("pull")
                    .definedBy(ROOT + ".pull..")
                    .layer("ollama")
                    .definedBy(ROOT + ".ollama..")
                    .whereLayer("root")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("http")
                    .mayOnlyBeAccessedByLayers("root")
                    .whereLayer("link")
                    .mayOnlyBeAccessedByLayers("root")
                    .whereLayer("pull")
                    .mayOnlyBeAccessedByLayers("root", "http", "link")
                    .whereLayer("ollama")
                    .mayOnlyBeAccessedByLayers("root", "link", "pull")
                    .because(
                            "a floor that knows the one above it can be neither tested nor reused alone");

    @ArchTest
    static final ArchRule gpuAndHostStandAlone =
            noClasses()
                    .that()
                    .resideInAnyPackage(ROOT + ".gpu..", ROOT + ".host..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            ROOT,
                            ROOT + ".http..",
                            ROOT + ".link..",
                            ROOT + ".pull..",
                            ROOT + ".ollama..")
                    .because("measuring a machine has nothing to do with what is done on it");

    @ArchTest
    static final ArchRule workDoesNotMeasure =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            ROOT + ".http..",
                            ROOT + ".link..",
                            ROOT + ".pull..",
                            ROOT + ".ollama..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(ROOT + ".gpu..", ROOT + ".host..")
                    .because("the simulator runs real agents with GPUs and disks of its own");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOT + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("a cycle makes two packages one");

    @ArchTest
    static final ArchRule agentKnowsNoOtherProcess =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.modelfleet.coordinator..",
                            "io.modelfleet.console..",
                            "io.modelfleet.simulator..")
                    .because("the processes share the wire and nothing else");

    @ArchTest
    static final ArchRule noGrabBags =
            noClasses()
                    .should()
                    .haveSimpleNameEndingWith("Util")
                    .orShould()
                    .haveSimpleNameEndingWith("Utils")
                    .orShould()
                    .haveSimpleNameEndingWith("Helper")
                    .orShould()
                    .haveSimpleNameEndingWith("Impl")
                    .orShould()
                    .haveSimpleNameEndingWith("Manager")
                    .orShould()
                    .haveSimpleNameEndingWith("Service")
                    .because("such a name says nothing about what the class is for");
}
