package io.modelfleet.coordinator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** The coordinator's floors and habits. */
@AnalyzeClasses(
        packagesOf = Coordinator.class,
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String HERE = "io.modelfleet.coordinator";

    @ArchTest
    static final ArchRule rootIsTheTopFloor =
            noClasses()
                    .that()
                    .resideInAPackage(HERE + ".*..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(HERE)
                    .because("only main and the wiring know everything");

    @ArchTest
    static final ArchRule httpIsBelowTheRootAlone =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(HERE, room("http"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(room("http"))
                    .because(
                            "routes parse, call and answer; nobody below speaks HTTP to operators");

    @ArchTest
    static final ArchRule distributionIsUsedByHttpAlone =
            onlyUsedBy("distribution", HERE, room("http"))
                    .because("an operator's wish comes in through a route and becomes tasks");

    @ArchTest
    static final ArchRule taskIsUsedFromAboveAlone =
            onlyUsedBy("task", HERE, room("http"), room("distribution"))
                    .because("nodes and models do not know who works on them");

    @ArchTest
    static final ArchRule policyKnowsTheProtocolAlone =
            noClasses()
                    .that()
                    .resideInAPackage(room("policy"))
                    .should()
                    .dependOnClassesThat(resideInAPackage(HERE + "..").and(notIn("policy")))
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.io..", "java.net..", "java.nio..", "java.sql..")
                    .because("policies are pure functions");

    @ArchTest
    static final ArchRule catalogAndNodeDoNotKnowEachOther =
            noClasses()
                    .that()
                    .resideInAPackage(room("catalog"))
                    .should()
                    .dependOnClassesThat(resideInAPackage(HERE + "..").and(notIn("catalog")))
                    .because("what could be held and who holds it are two questions");

    @ArchTest
    static final ArchRule nodeKnowsChangeAndDatabaseAlone =
            noClasses()
                    .that()
                    .resideInAPackage(room("node"))
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage(HERE + "..")
                                    .and(notIn("node"))
                                    .and(notIn("change"))
                                    .and(notIn("db")))
                    .because("the inventory is the ground floor");

    @ArchTest
    static final ArchRule changeKnowsNobody =
            noClasses()
                    .that()
                    .resideInAPackage(room("change"))
                    .should()
                    .dependOnClassesThat(resideInAPackage(HERE + "..").and(notIn("change")))
                    .because("the log holds ids and versions, whatever they are of");

    @ArchTest
    static final ArchRule changeIsUsedByWritersAndItsRoute =
            onlyUsedBy("change", HERE, room("node"), room("task"), room("http"))
                    .because("those who change a thing note it, and one route tells of it");

    @ArchTest
    static final ArchRule databaseKnowsNobody =
            noClasses()
                    .that()
                    .resideInAPackage(room("db"))
                    .should()
                    .dependOnClassesThat(resideInAPackage(HERE + "..").and(notIn("db")))
                    .because("the connection knows no tables");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching(HERE + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("a cycle is one package that pretends to be two");

    @ArchTest
    static final ArchRule otherServicesAreReachedOverHttpAlone =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.modelfleet.agent..",
                            "io.modelfleet.console..",
                            "io.modelfleet.simulator..")
                    .because("coordinator, agents and console never import each other");

    @ArchTest
    static final ArchRule databaseIsReachedThroughRepositoriesAlone =
            noClasses()
                    .that(
                            describe(
                                    "are no repositories",
                                    type ->
                                            !type.getPackageName().equals(HERE + ".db")
                                                    && !type.getName().contains("Repository")))
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "io.helidon.dbclient..", "java.sql..", "com.zaxxer..")
                                    .as("the database client"))
                    .because(
                            "SQL stands in repositories, and the inventory and the board ask them");

    @ArchTest
    static final ArchRule webServerIsReachedThroughTheServiceModuleAlone =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.helidon.webserver..", "io.helidon.http..")
                    .because("every answer, an error's too, is made in one place");

    @ArchTest
    static final ArchRule logsGoThroughTheSystemLogger =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.util.logging..", "org.slf4j..")
                    .because("the platform's logger needs no library and no second set-up");

    @ArchTest
    static final ArchRule timeIsAConstructorArgument =
            noClasses()
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Clock.class, "systemUTC")
                    .because("tests move the clock, and nobody sleeps to see time pass");

    @ArchTest
    static final ArchRule nothingIsInjected =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("jakarta.inject..", "javax.inject..", "io.helidon.inject..")
                    .because("plain constructors wire everything");

    @ArchTest
    static final ArchRule fieldsArePrivateOrConstant =
            fields().that()
                    .areDeclaredInClassesThat()
                    .areNotEnums()
                    .and()
                    .areNotStatic()
                    .should()
                    .bePrivate()
                    .because("state is changed by the class that guards it");

    @ArchTest
    static final ArchRule optionalIsAReturnTypeAlone =
            noMethods()
                    .should()
                    .haveRawParameterTypes(
                            describe(
                                    "an Optional",
                                    types ->
                                            types.stream()
                                                    .anyMatch(
                                                            type ->
                                                                    type.isEquivalentTo(
                                                                            Optional.class))))
                    .because("callers pass what they have, or null where it is declared");

    @ArchTest
    static final ArchRule namesSayWhatAClassIsFor =
            noClasses()
                    .should()
                    .haveNameMatching(".*(Util|Utils|Helper|Impl|Manager|Data|Info|Service)")
                    .because("such names fit every class");

    private static ClassesShouldConjunction onlyUsedBy(String room, String... users) {
        String[] allowed = Arrays.copyOf(users, users.length + 1);
        allowed[users.length] = room(room);
        return noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(room(room));
    }

    private static DescribedPredicate<JavaClass> notIn(String room) {
        return DescribedPredicate.not(resideInAPackage(room(room)));
    }

    private static String room(String name) {
        return HERE + "." + name + "..";
    }
}
