package io.modelfleet.simulator.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelfleet.protocol.Digest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GeneratedBlobTest {
    private static final int SIZE = 100_003;

    @Test
    void anyRangeIsASliceOfTheWhole() {
        GeneratedBlob blob = GeneratedBlob.of(42, SIZE);
        byte[] whole = new byte[SIZE];
        blob.read(0, whole, SIZE);
        Random random = new Random(1);

        for (int i = 0; i < 1_000; i++) {
            int from = random.nextInt(SIZE);
            int length = random.nextInt(Math.min(300, SIZE - from) + 1);
            byte[] slice = new byte[length];
            blob.read(from, slice, length);
            assertThat(slice).isEqualTo(Arrays.copyOfRange(whole, from, from + length));
        }
        assertThat(blob.digest()).isEqualTo(Digest.of(whole));
    }

    @Test
    void otherSeedsGiveOtherBytes() {
        assertThat(GeneratedBlob.of(1, 1_000).digest())
                .isEqualTo(GeneratedBlob.of(1, 1_000).digest())
                .isNotEqualTo(GeneratedBlob.of(2, 1_000).digest());
    }

    @Test
    void thereIsNothingBeyondTheEnd() {
        assertThatThrownBy(() -> GeneratedBlob.of(1, 10).read(5, new byte[6], 6))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
