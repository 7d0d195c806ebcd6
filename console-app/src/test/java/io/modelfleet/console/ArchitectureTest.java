package io.modelfleet.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.Slice;
import java.util.Arrays;
import javafx.application.Platform;

@AnalyzeClasses(packages = "io.modelfleet.console", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.modelfleet.console.";
    private static final String[] PAGES = {
        ROOT + "overview..",
        ROOT + "nodes..",
        ROOT + "matrix..",
        ROOT + "tasks..",
        ROOT + "catalog..",
        ROOT + "settings..",
        ROOT + "distribution.."
    };

    @ArchTest
    static final ArchRule FLOORS =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("shell")
                    .definedBy(ROOT + "shell..")
                    .optionalLayer("pages")
                    .definedBy(PAGES)
                    .layer("page")
                    .definedBy(ROOT + "page..")
                    .layer("control")
                    .definedBy(ROOT + "control..")
                    .layer("client")
                    .definedBy(ROOT + "client..")
                    .layer("support")
                    .definedBy(ROOT + "support..")
                    .whereLayer("shell")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("pages")
                    .mayOnlyBeAccessedByLayers("shell")
                    .whereLayer("page")
                    .mayOnlyBeAccessedByLayers("shell", "pages")
                    .whereLayer("control")
                    .mayOnlyBeAccessedByLayers("shell", "pages", "page")
                    .whereLayer("client")
                    .mayOnlyBeAccessedByLayers("shell", "pages", "page")
                    .because("a page must be understood, tested and replaced without the window");

    @ArchTest
    static final ArchRule PAGES_ARE_STRANGERS =
            slices().matching(ROOT + "(*)..")
                    .that(DescribedPredicate.describe("are pages", ArchitectureTest::isPage))
                    .should()
                    .notDependOnEachOther()
                    .because("pages lead to each other through the Navigator only");

    private static boolean isPage(Slice slice) {
        return slice.stream()
                .anyMatch(
                        type ->
                                Arrays.stream(PAGES)
                                        .anyMatch(
                                                page -> page.equals(type.getPackageName() + "..")));
    }

    @ArchTest
    static final ArchRule VIEW_MODELS_SEE_NO_CONTROL =
            noClasses()
                    .that()
                    .haveSimpleNameEndingWith("ViewModel")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.fxml..")
                    .because("what is decided must be testable without a toolkit");

    @ArchTest
    static final ArchRule HTTP_IN_ONE_PLACE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT + "client..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.net.http..")
                    .because("slow, missing and nonsensical answers are dealt with once");

    @ArchTest
    static final ArchRule ONE_CROSSING_TO_THE_SCREEN =
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName(ROOT + "shell.ConsoleApp")
                    .should()
                    .callMethod(Platform.class, "runLater", Runnable.class)
                    .because("scattered crossings hide which thread a method runs on");
}
