package io.modelfleet.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    /** The second example of FIPS 180-2, appendix B.1: the digest of {@code abc}. */
    private static final String ABC =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void bytesHaveTheDigestOfTheStandard() {
        Digest digest = Digest.of("abc".getBytes(StandardCharsets.US_ASCII));

        assertThat(digest.hex()).isEqualTo(ABC);
        assertThat(digest).hasToString("sha256:" + ABC);
    }

    @Test
    void aComputationInStepsGivesTheSameDigest() {
        MessageDigest steps = Digest.sha256();
        steps.update((byte) 'a');
        steps.update(new byte[] {'b', 'c'});

        assertThat(Digest.of(steps)).isEqualTo(new Digest(ABC));
    }

    @Test
    void bothWaysOfWritingAndBothCasesAreOneDigest() {
        assertThat(Digest.parse("sha256:" + ABC))
                .isEqualTo(Digest.parse(ABC))
                .isEqualTo(Digest.parse(ABC.toUpperCase(Locale.ROOT)))
                .isEqualTo(Digest.parse("SHA256:" + ABC));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256:",
                "ba7816bf",
                "sha512:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "sha256:sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
                "xa7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "../../8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad00",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n",
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Digest.parse(text))
                .isInstanceOfSatisfying(
                        FleetException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    void upperCaseDigitsAreNoNormalForm() {
        assertThatThrownBy(() -> new Digest(ABC.toUpperCase(Locale.ROOT)))
                .isInstanceOf(FleetException.class);
    }
}
