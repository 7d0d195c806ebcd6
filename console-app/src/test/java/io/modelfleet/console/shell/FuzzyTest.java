package io.modelfleet.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.page.Finding;
import io.modelfleet.console.page.PageId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FuzzyTest {
    private static List<String> found(String typed, String... texts) {
        PaletteViewModel model =
                new PaletteViewModel(
                        Stream.of(texts)
                                .map(
                                        text ->
                                                new Finding(
                                                        text,
                                                        "Node",
                                                        PageId.NODES.icon(),
                                                        () -> {}))
                                .toList());
        model.query().set(typed);
        return model.found().stream().map(Finding::text).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "gpu4, gpu-04",
        "mst7, mistral:7b",
        "dist model, Distribute a model…",
        "DAM, Distribute a model…",
        "ノド, ノード"
    })
    void lettersInTheirOrderAreEnough(String typed, String text) {
        assertThat(Fuzzy.score(typed, text)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"4upg, gpu-04", "gpu5, gpu-04", "mistral x, mistral:7b"})
    void whatIsNotThereIsNotFound(String typed, String text) {
        assertThat(Fuzzy.score(typed, text)).isEmpty();
    }

    @Test
    void theCloserTheHigher() {
        assertThat(found("set", "the set", "reset", "Settings", "s-e-t"))
                .containsExactly("Settings", "the set", "reset", "s-e-t");
    }

    @Test
    void theKindMayBeTypedToo() {
        assertThat(found("node gpu", "gpu-04", "llama")).containsExactly("gpu-04");
    }

    @Test
    void nothingTypedLeavesEverythingInItsOrder() {
        assertThat(found("", "b", "a")).containsExactly("b", "a");
        assertThat(found("  ", "b", "a")).containsExactly("b", "a");
    }
}
