package io.modelfleet.agent.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    private static final BlobStore UNKNOWN = new BlobStore(null);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    400 | invalid model name | NONE | INVALID_MODEL_NAME
                    400 | missing request body | NONE | OLLAMA_ERROR
                    500 | something inside | SOME | OLLAMA_ERROR
                    200 | pull model manifest: file does not exist | NONE | MODEL_NOT_FOUND
                    200 | write /m/blobs/sha256-aa-partial: no space left on device | NONE | DISK_FULL
                    200 | digest mismatch, file must be downloaded again: want sha256:aa, got sha256:bb | ONCE | DIGEST_MISMATCH
                    200 | context canceled | SOME | OLLAMA_ERROR
                    200 | EOF | SOME | OLLAMA_ERROR
                    200 | unexpected EOF | SOME | REGISTRY_UNREACHABLE
                    200 | max retries exceeded: EOF | SOME | REGISTRY_UNREACHABLE
                    200 | pull model manifest: Get "http://127.0.0.1:5999/v2/": dial tcp 127.0.0.1:5999: connect: connection refused | SOME | REGISTRY_UNREACHABLE
                    200 | pull model manifest: Get "https://r/v2/": dial tcp: lookup r: no such host | SOME | REGISTRY_UNREACHABLE
                    200 | pull model manifest: Get "https://r/v2/": net/http: TLS handshake timeout | SOME | REGISTRY_UNREACHABLE
                    200 | pull model manifest: 503: service unavailable | SOME | REGISTRY_UNREACHABLE
                    200 | read tcp 10.0.0.1:4->10.0.0.2:443: connection reset by peer | SOME | REGISTRY_UNREACHABLE
                    200 | pull model manifest: 412: requires a newer version of Ollama | NONE | OLLAMA_ERROR
                    200 | unauthorized: access denied | NONE | OLLAMA_ERROR
                    """)
    void everyTextHasItsCauseAndItsPatience(
            int status, String words, Verdict.Patience patience, ErrorCode code) {
        Verdict verdict = Verdict.of(status, words, UNKNOWN, List.of());
        assertThat(verdict.patience()).isEqualTo(patience);
        assertThat(verdict.code()).isEqualTo(code);
        assertThat(verdict.text()).contains(words);
    }

    @Test
    void endOfFileNamesTheEmptyPartialFilesAndWhatMustGoWithThem(@TempDir Path store)
            throws IOException {
        Path blobs = Files.createDirectories(store.resolve("blobs"));
        String mine = blobs + "/sha256-" + "a".repeat(64);
        Path first = Files.createFile(Path.of(mine + "-partial-0"));
        Path third = Files.createFile(Path.of(mine + "-partial-2"));
        Files.writeString(Path.of(mine + "-partial-1"), "{\"N\":1}");
        Path others = Files.createFile(blobs.resolve("sha256-" + "b".repeat(64) + "-partial-0"));

        Blob blob = new Blob(new Digest("a".repeat(64)), 10);
        Verdict verdict = Verdict.of(200, "EOF", new BlobStore(store), List.of(blob));
        assertThat(verdict.patience()).isEqualTo(Verdict.Patience.NONE);
        assertThat(verdict.text())
                .contains(
                        "a full disk left zero-byte partial files",
                        "(" + first + ", " + third + ")",
                        "free space, delete " + mine + "-partial*, then retry")
                .doesNotContain(others.toString());
        assertThat(Files.exists(first)).isTrue();

        assertThat(Verdict.of(200, "EOF", new BlobStore(store), List.of()).text())
                .contains(first.toString(), others.toString());
    }

    @Test
    void endOfFileWithoutAnEmptyPartialFileMayPass(@TempDir Path store) throws IOException {
        Files.createDirectories(store.resolve("blobs"));
        for (BlobStore one : List.of(UNKNOWN, new BlobStore(store))) {
            Verdict verdict = Verdict.of(200, "EOF", one, List.of());
            assertThat(verdict.patience()).isEqualTo(Verdict.Patience.SOME);
            assertThat(verdict.text()).contains("sha256-…-partial-… files of 0 bytes", "delete");
        }
    }

    @Test
    void fullDiskSaysWhatToDo() {
        assertThat(
                        Verdict.of(
                                        200,
                                        "write x-partial: no space left on device",
                                        UNKNOWN,
                                        List.of())
                                .text())
                .isEqualTo(
                        "the disk filled up during the download: write x-partial: no space left on"
                                + " device; free space on the disk of Ollama's model store, then"
                                + " retry");
    }
}
