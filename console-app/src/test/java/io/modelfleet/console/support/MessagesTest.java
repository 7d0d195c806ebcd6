package io.modelfleet.console.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.client.Reply;
import io.modelfleet.console.control.State;
import io.modelfleet.console.page.PageId;
import io.modelfleet.protocol.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessagesTest {
    private static final Path RESOURCES = Path.of("src", "main", "resources");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern IN_FXML = Pattern.compile("\"%([a-z.]+)\"");
    private static final Pattern IN_CODE = Pattern.compile("text\\(\\s*\"([a-z.]+[a-z])\"");
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)");

    private final Messages english = new Messages(Language.EN);
    private final Messages japanese = new Messages(Language.JA);

    @Test
    void everyKeyStandsInBothBundles() {
        assertThat(english.bundle().keySet())
                .isEqualTo(japanese.bundle().keySet())
                .hasSizeGreaterThan(50);
    }

    @Test
    void everyTextNamesTheSameThingsInBothLanguages() {
        for (String key : english.bundle().keySet()) {
            assertThat(arguments(japanese.bundle().getString(key)))
                    .as(key)
                    .isEqualTo(arguments(english.bundle().getString(key)));
        }
    }

    private static Set<String> arguments(String text) {
        return all(ARGUMENT, text);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void everyTextCanBeFormatted(Language language) {
        Messages messages = new Messages(language);
        for (String key : messages.bundle().keySet()) {
            assertThat(messages.text(key, 3, 4, 5, 6)).as(key).isNotBlank().doesNotContain("{");
        }
    }

    @Test
    void everyKeyThatIsAskedForExists() throws IOException {
        Set<String> asked = new TreeSet<>();
        Arrays.stream(State.values()).map(State::key).forEach(asked::add);
        Arrays.stream(PageId.values()).map(PageId::titleKey).forEach(asked::add);
        Arrays.stream(TaskStatus.values()).map(s -> "task." + s).forEach(asked::add);
        Arrays.stream(Reply.Cause.values()).map(c -> "cause." + c).forEach(asked::add);
        asked.addAll(keys(RESOURCES, ".fxml", IN_FXML));
        asked.addAll(keys(SOURCES, ".java", IN_CODE));
        assertThat(english.bundle().keySet()).containsAll(asked);
    }

    @Test
    void theLanguageCanChangeWhileTheProgramRuns() {
        Messages messages = new Messages(Language.EN);
        assertThat(messages.text("page.nodes")).isEqualTo("Nodes");
        messages.speak(Language.JA);
        assertThat(messages.text("page.nodes")).isEqualTo("ノード");
    }

    private static Set<String> keys(Path root, String suffix, Pattern pattern) throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(suffix)).toList()) {
                keys.addAll(all(pattern, Files.readString(file)));
            }
        }
        return keys;
    }

    private static Set<String> all(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(String.valueOf(matcher.group(1)));
        }
        return found;
    }
}
