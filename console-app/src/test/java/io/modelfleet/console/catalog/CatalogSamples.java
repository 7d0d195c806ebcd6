package io.modelfleet.console.catalog;

import io.modelfleet.console.testing.Fleets;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.AvailableModel;
import io.modelfleet.protocol.AvailableModels;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Presence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A library and a fleet, for the tests of this page. */
final class CatalogSamples {
    private CatalogSamples() {}

    static AvailableModel model(String name, @Nullable Double gigabytes, @Nullable String text) {
        return new AvailableModel(ModelName.parse(name), name, gigabytes, text);
    }

    static AvailableModels library() {
        return new AvailableModels(
                List.of(
                        model(
                                "gpt-oss:20b",
                                13.8,
                                "OpenAI's open-weight model for reasoning, agents and tools"),
                        model(
                                "gpt-oss:120b",
                                65.4,
                                "The large open-weight model, for servers with one 80 GB GPU"),
                        model(
                                "llama3.2:3b",
                                2.0,
                                "Small and quick: summaries, rewriting, following instructions"),
                        model(
                                "mistral:7b",
                                4.4,
                                "A general model with a good balance of size and quality"),
                        model("qwen3:8b", 5.2, "多言語に強い汎用モデル。日本語の要約や翻訳にも向いています"),
                        model(
                                "deepseek-r1:70b",
                                42.5,
                                "Reasoning, distilled into a Llama model of 70 billion parameters"),
                        model("gemma3:12b", 8.1, "Text and images, long context"),
                        model("phi4:14b", 9.1, "Reasoning and mathematics in a middling size"),
                        model(
                                "llava:13b",
                                8.0,
                                "Looks at pictures and answers questions about them"),
                        model("nomic-embed-text:latest", 0.3, "Embeddings for search"),
                        model("qwen3-coder:480b", null, null)),
                AvailableModels.Source.OLLAMA_LIBRARY);
    }

    private static Agent node(String name, String gpu, int gigabytes, Presence presence) {
        return Fleets.agent(name, presence, Fleets.gpu(gpu, gigabytes, .4, 20, 50));
    }

    static Changes fleet(long version) {
        return Fleets.full(
                version,
                List.of(
                        node("gpu-01", "NVIDIA GeForce RTX 4090", 24, Presence.ONLINE),
                        node("gpu-02", "NVIDIA GeForce RTX 4090", 24, Presence.ONLINE),
                        node("gpu-03", "NVIDIA GeForce RTX 3060", 12, Presence.OFFLINE),
                        node("gpu-04", "NVIDIA A100 80GB PCIe", 80, Presence.ONLINE),
                        node("gpu-05", "NVIDIA RTX A6000", 48, Presence.ONLINE),
                        node("gpu-06", "NVIDIA GeForce GTX 1660 Ti", 6, Presence.ONLINE),
                        node("gpu-07", "NVIDIA GeForce RTX 3060", 12, Presence.ONLINE),
                        node("gpu-08", "NVIDIA GeForce RTX 3060", 12, Presence.ONLINE),
                        node("研究室-東京-03", "NVIDIA GeForce RTX 4080", 16, Presence.ONLINE),
                        node(
                                "workstation-vision-lab-042.example",
                                "NVIDIA L40S",
                                48,
                                Presence.ONLINE),
                        Fleets.agent("gpu-11", Presence.ONLINE),
                        node("gpu-12", "Apple M2 Ultra", 140, Presence.OFFLINE)),
                List.of(
                        Fleets.models(
                                "gpu-01",
                                Fleets.model("gpt-oss:20b", 13.8),
                                Fleets.model("llama3.2:3b", 2.0)),
                        Fleets.models("gpu-03", Fleets.model("gpt-oss:20b", 13.8)),
                        Fleets.models("gpu-04", Fleets.model("gpt-oss:20b", 13.8)),
                        Fleets.models(
                                "gpu-05",
                                Fleets.model(
                                        "hf.co/our-lab/medical-notes-ja-instruct-GGUF:Q5_K_M",
                                        9.6))),
                List.of());
    }
}
