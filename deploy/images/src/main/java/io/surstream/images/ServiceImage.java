package io.surstream.images;

import java.util.List;
import java.util.Map;

/**
 * What sets one image apart from the others.
 *
 * @param name of the image and of the folder under services/
 * @param title one line for people
 * @param heapPercent largest heap, in percent of the container's memory; what is left is for libtorch, threads, classes and the page cache
 *     of mapped weights
 * @param environment settings of its own
 * @param arguments of its program, which a container may replace
 * @param listens whether it serves on port 8080
 */
public record ServiceImage(
        String name,
        String title,
        int heapPercent,
        Map<String, String> environment,
        List<String> arguments,
        boolean listens) {
    /** Every image of this project. */
    public static final List<ServiceImage> ALL = List.of(
            service("gateway", "REST, events over SSE, the page and the job view", 60, Map.of()),
            service("prompt-encoder", "Text to prompt embeddings: CLIP and the SUR-adapter", 30, Map.of()),
            service("image-sampler", "Prompt embeddings to images", 30, Map.of()),
            service("curator", "Crawls and image folders to training examples", 50, Map.of()),
            service("llm-teacher", "Prompts to hidden states of a language model", 30, Map.of()),
            service(
                    "trainer",
                    "Training runs of the SUR-adapter",
                    30,
                    Map.of("SURSTREAM_TRAINER_WORK", ImageLayers.CACHE + "/trainer")),
            service("evaluator", "Whether a checkpoint is better; promotion", 30, Map.of()),
            new ServiceImage(
                    "standalone",
                    "All services, a Kafka broker and an S3 store in one process, for a look",
                    30,
                    Map.of(),
                    List.of("--host", "0.0.0.0", "--data", ImageLayers.CACHE + "/data"),
                    true),
            new ServiceImage("cli", "The surstream command", 50, Map.of(), List.of("--help"), false));

    private static ServiceImage service(String name, String title, int heapPercent, Map<String, String> environment) {
        return new ServiceImage(name, title, heapPercent, environment, List.of(), true);
    }
}
