package io.modelfleet.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final String WEIGHTS = "sha256:" + "a".repeat(64);
    private static final String TEMPLATE = "sha256:" + "b".repeat(64);
    private static final String CONFIG = "sha256:" + "c".repeat(64);

    @Test
    void aManifestGivesItsBlobsTheConfigurationLastAndTheDigestOfItsBytes() {
        byte[] raw =
                """
                {"schemaVersion":2,
                 "mediaType":"application/vnd.docker.distribution.manifest.v2+json",
                 "config":{"mediaType":"application/vnd.docker.container.image.v1+json",
                           "digest":"%s","size":559},
                 "layers":[
                  {"mediaType":"application/vnd.ollama.image.model","digest":"%s",
                   "size":13780154624,"from":"/somewhere"},
                  {"mediaType":"application/vnd.ollama.image.template","digest":"%s","size":7240}]}
                """
                        .formatted(CONFIG, WEIGHTS, TEMPLATE)
                        .getBytes(StandardCharsets.UTF_8);

        Manifest manifest = Manifest.parse(raw);

        assertThat(manifest.digest()).isEqualTo(Digest.of(raw));
        assertThat(manifest.blobs())
                .containsExactly(
                        new Blob(Digest.parse(WEIGHTS), 13_780_154_624L),
                        new Blob(Digest.parse(TEMPLATE), 7240),
                        new Blob(Digest.parse(CONFIG), 559));
        assertThat(manifest.size()).isEqualTo(13_780_162_423L);
    }

    @Test
    void aDigestThatComesTwiceIsCountedOnce() {
        Manifest manifest =
                parse(
                        """
                        {"layers":[{"digest":"%1$s","size":5},{"digest":"%2$s","size":7},
                                   {"digest":"%1$s","size":5}],
                         "config":{"digest":"%2$s","size":7}}
                        """
                                .formatted(WEIGHTS, TEMPLATE));

        assertThat(manifest.blobs()).hasSize(2);
        assertThat(manifest.size()).isEqualTo(12);
    }

    @Test
    void aManifestWithoutConfigurationIsTaken() {
        assertThat(parse("{\"layers\":[{\"digest\":\"" + WEIGHTS + "\",\"size\":5}]}").size())
                .isEqualTo(5);
    }

    @Test
    void theBlobsAreACopy() {
        List<Blob> blobs = new java.util.ArrayList<>();
        Manifest manifest = new Manifest(Digest.parse(WEIGHTS), blobs);

        blobs.add(new Blob(Digest.parse(WEIGHTS), 1));

        assertThat(manifest.blobs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>502 Bad Gateway</html>",
                "[]",
                "{}",
                "null",
                "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}",
                "{\"layers\":null}",
                "{\"layers\":[null]}",
                "{\"layers\":[{}]}",
                "{\"layers\":[{\"digest\":\"sha256:WEIGHTS\"}]}",
                "{\"layers\":[{\"digest\":\"sha256:WEIGHTS\",\"size\":null}]}",
                "{\"layers\":[{\"digest\":\"sha256:WEIGHTS\",\"size\":-1}]}",
                "{\"layers\":[{\"digest\":\"sha256:WEIGHTS\",\"size\":1.5}]}",
                "{\"layers\":[{\"digest\":\"sha256:WEIGHTS\",\"size\":\"5\"}]}",
                "{\"layers\":[{\"digest\":\"sha256:WEIGHTS\",\"size\":92233720368547758070}]}",
                "{\"layers\":[{\"digest\":null,\"size\":5}]}",
                "{\"layers\":[{\"digest\":\"sha256:short\",\"size\":5}]}",
                "{\"layers\":[],\"config\":{\"size\":5}}",
            })
    void whatIsNoManifestIsRefused(String text) {
        assertRefused(text.replace("sha256:WEIGHTS", WEIGHTS));
    }

    @Test
    void sizesThatAddUpBeyondAllNumbersAreRefused() {
        assertRefused(
                "{\"layers\":[{\"digest\":\"%s\",\"size\":%d},{\"digest\":\"%s\",\"size\":%d}]}"
                        .formatted(WEIGHTS, Long.MAX_VALUE, TEMPLATE, 1));
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        FleetException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    private static Manifest parse(String text) {
        return Manifest.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
