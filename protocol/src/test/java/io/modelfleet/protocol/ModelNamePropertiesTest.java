package io.modelfleet.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ModelNamePropertiesTest {
    private static final String WORD =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

    @Property
    void whateverParsesPrintsAndParsesBackToItself(@ForAll("names") String text) {
        ModelName name = ModelName.parse(text);

        ModelName again = ModelName.parse(name.toString());

        assertThat(again).isEqualTo(name).hasToString(name.toString());
        assertThat(again.key()).isEqualTo(name.key());
    }

    @Property
    void everyPartIsFoundAgain(
            @ForAll("hosts") String host,
            @ForAll("namespaces") String namespace,
            @ForAll("models") String model,
            @ForAll("tags") String tag) {
        ModelName name = ModelName.parse(host + "/" + namespace + "/" + model + ":" + tag);

        assertThat(name.host()).isEqualTo(host);
        assertThat(name.namespace()).isEqualTo(namespace);
        assertThat(name.model()).isEqualTo(model);
        assertThat(name.tag()).isEqualTo(tag);
    }

    @Property
    void caseDecidesNothing(@ForAll("names") String text) {
        ModelName name = ModelName.parse(text);
        ModelName upper = ModelName.parse(name.toString().toUpperCase(Locale.ROOT));
        ModelName lower = ModelName.parse(name.toString().toLowerCase(Locale.ROOT));

        assertThat(upper).isEqualTo(name).isEqualTo(lower).hasSameHashCodeAs(lower);
        assertThat(upper).isEqualByComparingTo(lower);
        assertThat(upper.key()).isEqualTo(lower.key());
    }

    @Property
    void equalityOrderAndKeyAgree(@ForAll("names") String one, @ForAll("names") String other) {
        ModelName left = ModelName.parse(one);
        ModelName right = ModelName.parse(other);

        assertThat(left.equals(right)).isEqualTo(left.key().equals(right.key()));
        assertThat(left.equals(right)).isEqualTo(left.compareTo(right) == 0);
        assertThat(Integer.signum(left.compareTo(right)))
                .isEqualTo(-Integer.signum(right.compareTo(left)));
    }

    @Property
    void namesCrossTheWireUnchanged(@ForAll("names") String text) {
        ModelName name = ModelName.parse(text);

        assertThat(Json.read(Json.write(name), ModelName.class)).isEqualTo(name);
    }

    @Property
    void anythingElseIsRefusedInTheDocumentedWay(@ForAll String text) {
        assertRefusedOrRoundTrips(text);
    }

    @Property
    void almostNamesAreRefusedInTheDocumentedWay(@ForAll("almostNames") String text) {
        assertRefusedOrRoundTrips(text);
    }

    @Property(tries = 100)
    void lengthBreaksNothing(@ForAll("longTexts") String text) {
        assertRefusedOrRoundTrips(text);
    }

    private static void assertRefusedOrRoundTrips(String text) {
        Optional<ModelName> name;
        try {
            name = Optional.of(ModelName.parse(text));
        } catch (FleetException refusal) {
            name = Optional.empty();
            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_MODEL_NAME);
            assertThat(refusal.text(Locale.JAPANESE)).startsWith("無効なモデル名: ");
            assertThat(refusal.text(Locale.JAPANESE)).hasSizeLessThan(260);
            assertThatCode(() -> Json.write(refusal.problem(Locale.ENGLISH)))
                    .doesNotThrowAnyException();
        }
        name.ifPresent(parsed -> assertThat(ModelName.parse(parsed.toString())).isEqualTo(parsed));
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> owners =
                Combinators.combine(hosts(), namespaces())
                        .as((host, namespace) -> host + "/" + namespace + "/");
        Arbitrary<String> schemes =
                Combinators.combine(Arbitraries.of("http://", "https://"), owners)
                        .as((scheme, owner) -> scheme + owner);
        Arbitrary<String> prefixes =
                Arbitraries.oneOf(
                        Arbitraries.just(""),
                        namespaces().map(namespace -> namespace + "/"),
                        Arbitraries.of("library/", "LIBRARY/", "registry.ollama.ai/library/"),
                        owners,
                        schemes);
        Arbitrary<String> suffixes =
                Arbitraries.oneOf(Arbitraries.just(""), tags().map(tag -> ":" + tag));
        return Combinators.combine(prefixes, models(), suffixes)
                .as((prefix, model, suffix) -> prefix + model + suffix);
    }

    @Provide
    Arbitrary<String> hosts() {
        return part(".:-", 350);
    }

    @Provide
    Arbitrary<String> namespaces() {
        return part("-", 80);
    }

    @Provide
    Arbitrary<String> models() {
        return part(".-", 80);
    }

    @Provide
    Arbitrary<String> tags() {
        return part(".-", 80).filter(tag -> !tag.toLowerCase(Locale.ROOT).endsWith("cloud"));
    }

    @Provide
    Arbitrary<String> almostNames() {
        return Arbitraries.strings().withChars("aZ0_-.:/@# \n\0ü漢😀").ofMaxLength(24);
    }

    @Provide
    Arbitrary<String> longTexts() {
        return Combinators.combine(
                        Arbitraries.of("a", "a/", "/", ":", "é", "😀", "\ud83d", "http://", "x.y/"),
                        Arbitraries.integers().between(1, 50_000),
                        Arbitraries.of("", "x", ":t"))
                .as((unit, times, end) -> unit.repeat(times) + end);
    }

    private static Arbitrary<String> part(String alsoAllowed, int longest) {
        Arbitrary<String> first = Arbitraries.strings().withChars(WORD).ofLength(1);
        Arbitrary<String> rest =
                Arbitraries.strings().withChars(WORD + alsoAllowed).ofMaxLength(longest - 1);
        return Combinators.combine(first, rest).as(String::concat);
    }
}
